import type { DesiredEndpoint } from '@netyard/contracts';
import { outcome, Server, TestNamespace } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, port, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

let host: TestHost;
let outside: TestNamespace;
const servers: Server[] = [];

/** Endpoint n in sandbox n, with addresses of both families. */
const member = (number: number, network: number, over: Partial<DesiredEndpoint> = {}): DesiredEndpoint =>
  endpoint(number, network, { addresses: [`198.18.${network}.${number + 1}/24`, `2001:db8:${network}::${number + 1}/64`], ...over });
/** A sandbox by its number, the host, or another host. */
type Place = number | 'host' | 'outside';
const pathOf = (place: Place): string =>
  typeof place === 'number' ? host.sandboxPath(sandboxId(place)) : { host: host.namespace, outside }[place].path;
const enter = (place: Place): string[] => ['nsenter', `--net=${pathOf(place)}`];
/** The client's address as the server sees it. */
const curl = (from: Place, address: string): string =>
  outcome([...enter(from), 'curl', '-sS', '-g', '--max-time', '1', `http://${address}/`]);

beforeAll(async () => {
  host = await TestHost.start();
  outside = new TestNamespace('outside');
  host.namespace.run('ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', outside.name);
  for (const [namespace, last] of [
    [host.namespace, 1],
    [outside, 2],
  ] as const) {
    namespace.run('ip', 'addr', 'add', `192.0.2.${last}/24`, 'dev', 'eth0');
    namespace.run('ip', 'addr', 'add', `2001:db8:f::${last}/64`, 'dev', 'eth0', 'nodad');
    namespace.run('ip', 'link', 'set', 'eth0', 'up');
  }
  host.namespace.run('ip', 'addr', 'add', '192.0.2.9/24', 'dev', 'eth0');
  await host.realise(
    dualStackNetwork(1),
    dualStackNetwork(2),
    dualStackNetwork(3, { internal: true }),
    dualStackNetwork(4, { options: { isolateEndpoints: true } }),
    dualStackNetwork(5, { options: { hairpin: true } }),
    ...[1, 2, 3, 4, 5, 6, 7].map((number) => sandbox(number)),
    ...[member(1, 1), member(2, 1), member(3, 2), member(4, 3), member(5, 4), member(6, 4), member(7, 5)],
  );
  for (const number of [1, 5, 7])
    servers.push(await Server.start(enter(number), { port: 80 }), await Server.start(enter(number), { port: 53, protocol: 'udp' }));
  servers.push(await Server.start(enter(1), { port: 81 }), await Server.start(enter(2), { port: 80 }));
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await host.close();
  outside.close();
});

describe('a port of all addresses', () => {
  beforeAll(() =>
    host.realise(
      port(1, 1, { hostPort: 8080 }),
      port(2, 1, { hostPort: 8080, hostAddress: '::' }),
      port(3, 1, { hostPort: 5353, port: 53, protocol: 'udp' }),
      port(4, 5, { hostPort: 8085 }),
      port(5, 7, { hostPort: 8087 }),
    ),
  );

  it.each<{ what: string; from: Place; to: string; sees: string | RegExp }>([
    { what: 'another host', from: 'outside', to: '192.0.2.1:8080', sees: '192.0.2.2' },
    { what: 'another host by another address', from: 'outside', to: '192.0.2.9:8080', sees: '192.0.2.2' },
    { what: 'another host over IPv6', from: 'outside', to: '[2001:db8:f::1]:8080', sees: '2001:db8:f::2' },
    { what: 'the host', from: 'host', to: '192.0.2.1:8080', sees: '192.0.2.1' },
    { what: 'the host over IPv6', from: 'host', to: '[2001:db8:f::1]:8080', sees: '2001:db8:f::1' },
    { what: 'the host by 127.0.0.1', from: 'host', to: '127.0.0.1:8080', sees: '198.18.1.1' },
    { what: 'the host by localhost, after ::1 has refused', from: 'host', to: 'localhost:8080', sees: '198.18.1.1' },
    { what: 'nobody by ::1, who is told at once', from: 'host', to: '[::1]:8080', sees: /^failed: 7 / },
    { what: 'its own network', from: 2, to: '192.0.2.1:8080', sees: '198.18.1.1' },
    { what: 'its own network by the gateway', from: 2, to: '198.18.1.1:8080', sees: '198.18.1.1' },
    { what: 'its own network over IPv6', from: 2, to: '[2001:db8:f::1]:8080', sees: '2001:db8:1::1' },
    { what: 'another network', from: 3, to: '192.0.2.1:8080', sees: '198.18.2.4' },
    { what: 'another network by its gateway', from: 3, to: '198.18.2.1:8080', sees: '198.18.2.4' },
    { what: 'another network over IPv6', from: 3, to: '[2001:db8:f::1]:8080', sees: '2001:db8:2::4' },
    { what: 'the endpoint itself where the network reflects', from: 7, to: '192.0.2.1:8087', sees: '198.18.5.1' },
    { what: 'an isolated network’s port from outside', from: 'outside', to: '192.0.2.1:8085', sees: '192.0.2.2' },
    { what: 'no isolated neighbour', from: 6, to: '192.0.2.1:8085', sees: /^failed/ },
    { what: 'no isolated neighbour by the gateway', from: 6, to: '198.18.4.1:8085', sees: /^failed/ },
    { what: 'no internal network', from: 4, to: '198.18.3.1:8080', sees: /^failed/ },
    { what: 'no internal network over IPv6', from: 4, to: '[2001:db8:3::1]:8080', sees: /^failed/ },
    { what: 'nobody but by the host', from: 3, to: '198.18.1.2:80', sees: /^failed/ },
  ])('is reached by $what', ({ from, to, sees }) => {
    const seen = curl(from, to);
    if (sees instanceof RegExp) expect(seen).toMatch(sees);
    else expect(seen).toBe(sees);
  });

  it.each<{ what: string; from: Place; to: string; sees: string }>([
    { what: 'another host', from: 'outside', to: '192.0.2.1', sees: '192.0.2.2' },
    { what: 'the host by 127.0.0.1', from: 'host', to: '127.0.0.1', sees: '198.18.1.1' },
    { what: 'its own network', from: 2, to: '192.0.2.1', sees: '198.18.1.1' },
  ])('carries UDP of $what', ({ from, to, sees }) => {
    expect(outcome([...enter(from), 'sh', '-c', `echo hello | nc -u -w1 ${to} 5353`])).toBe(sees);
  });
});
