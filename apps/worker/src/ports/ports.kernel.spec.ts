import type { DesiredEndpoint } from '@netyard/contracts';
import { datagramAnswer, outcome, Server, TestNamespace } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, port, portId, sandbox, sandboxId } from '../testing/desired';
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
/** The client's address as the server sees it. Where nobody is to answer, a second will do. */
const curl = (from: Place, address: string, seconds = 30): string =>
  outcome([...enter(from), 'curl', '-sS', '-g', '--max-time', String(seconds), `http://${address}/`]);
const isReached = (from: Place, address: string): boolean => !curl(from, address, 1).startsWith('failed');

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
    { what: 'the endpoint itself', from: 1, to: '192.0.2.1:8080', sees: '198.18.1.1' },
    { what: 'the endpoint itself over IPv6', from: 1, to: '[2001:db8:f::1]:8080', sees: '2001:db8:1::1' },
    { what: 'the endpoint itself where the network reflects', from: 7, to: '192.0.2.1:8087', sees: '198.18.5.1' },
    { what: 'an isolated network’s port from outside', from: 'outside', to: '192.0.2.1:8085', sees: '192.0.2.2' },
    { what: 'no isolated neighbour', from: 6, to: '192.0.2.1:8085', sees: /^failed/ },
    { what: 'no isolated neighbour by the gateway', from: 6, to: '198.18.4.1:8085', sees: /^failed/ },
    { what: 'no internal network', from: 4, to: '198.18.3.1:8080', sees: /^failed/ },
    { what: 'no internal network over IPv6', from: 4, to: '[2001:db8:3::1]:8080', sees: /^failed/ },
    { what: 'nobody but by the host', from: 3, to: '198.18.1.2:80', sees: /^failed/ },
  ])('is reached by $what', ({ from, to, sees }) => {
    if (sees instanceof RegExp) expect(curl(from, to, 1)).toMatch(sees);
    else expect(curl(from, to)).toBe(sees);
  });

  it.each<{ what: string; from: Place; to: string; sees: string }>([
    { what: 'another host', from: 'outside', to: '192.0.2.1', sees: '192.0.2.2' },
    { what: 'the host by 127.0.0.1', from: 'host', to: '127.0.0.1', sees: '198.18.1.1' },
    { what: 'its own network', from: 2, to: '192.0.2.1', sees: '198.18.1.1' },
    { what: 'the endpoint itself', from: 1, to: '192.0.2.1', sees: '198.18.1.1' },
  ])('carries UDP of $what', ({ from, to, sees }) => {
    expect(datagramAnswer(enter(from), to, 5353)).toBe(sees);
  });
});

describe('a port of one address', () => {
  beforeAll(() =>
    host.realise(
      port(11, 1, { hostPort: 8011, hostAddress: '192.0.2.9' }),
      port(12, 1, { hostPort: 8012, hostAddress: '127.0.0.1' }),
      port(13, 1, { hostPort: 8013, hostAddress: '2001:db8:f::1' }),
      port(14, 1, { hostPort: 8014, hostAddress: '192.0.2.2' }),
    ),
  );

  it.each<{ what: string; from: Place; to: string; sees: string | RegExp }>([
    { what: 'reached by it', from: 'outside', to: '192.0.2.9:8011', sees: '192.0.2.2' },
    { what: 'reached by no other', from: 'outside', to: '192.0.2.1:8011', sees: /^failed/ },
    { what: 'reached by it over IPv6', from: 'outside', to: '[2001:db8:f::1]:8013', sees: '2001:db8:f::2' },
    { what: 'reached by the host alone where it is loopback', from: 'host', to: '127.0.0.1:8012', sees: '198.18.1.1' },
    { what: 'not reached from outside where it is loopback', from: 'outside', to: '192.0.2.1:8012', sees: /^failed/ },
    { what: 'not reached from a sandbox where it is loopback', from: 2, to: '198.18.1.1:8012', sees: /^failed/ },
  ])('is $what', ({ from, to, sees }) => {
    if (sees instanceof RegExp) expect(curl(from, to, 1)).toMatch(sees);
    else expect(curl(from, to)).toBe(sees);
  });

  it('takes nothing that is addressed to another machine which has that address', async () => {
    const other = await Server.start(enter('outside'), { port: 8014 });
    try {
      expect(curl(3, '192.0.2.2:8014')).toBe('192.0.2.1');
    } finally {
      await other.close();
    }
  });

  it('opens no way from sandboxes to what listens on the host’s loopback', () => {
    host.namespace.run(
      'nft',
      'table ip seen { counter arrived { }; counter after { }; chain first { type filter hook prerouting priority -400; iifname "ny*" ip daddr 127.0.0.1 counter name arrived; }; chain then { type filter hook prerouting priority -250; iifname "ny*" ip daddr 127.0.0.1 counter name after; }; }',
    );
    host.runInSandbox(
      1,
      'sh',
      '-c',
      'sysctl -qw net.ipv4.conf.eth0.route_localnet=1; ip addr del 127.0.0.1/8 dev lo; ip route add 127.0.0.1 via 198.18.1.1',
    );
    expect(curl(1, '127.0.0.1:8012', 1)).toMatch(/^failed/);
    const packets = (counter: string): number =>
      Number(/packets (\d+)/.exec(host.namespace.run('nft', 'list', 'counter', 'ip', 'seen', counter))?.[1]);
    expect(packets('arrived')).toBeGreaterThan(0);
    expect(packets('after')).toBe(0);
    host.runInSandbox(1, 'sh', '-c', 'ip route del 127.0.0.1 via 198.18.1.1; ip addr add 127.0.0.1/8 dev lo');
  });
});

describe('a port', () => {
  const published = async (over: Parameters<typeof port>[2], number = 20): Promise<void> => {
    await host.realise(port(number, 1, over));
  };
  const removed = async (number = 20): Promise<void> => {
    const gone = port(number, 1, { generation: 99, deleted: true });
    host.upsert(gone);
    await host.gone(gone);
  };

  it('may be one of a range, each of which leads to its own', async () => {
    await published({ hostPort: 9000, port: 79, count: 3 });
    expect(curl('outside', '192.0.2.1:9001')).toBe('192.0.2.2');
    expect(curl('outside', '192.0.2.1:9002')).toBe('192.0.2.2');
    expect(curl('outside', '192.0.2.1:9000', 1)).toMatch(/^failed/);
    expect(curl('outside', '192.0.2.1:9003', 1)).toMatch(/^failed/);
    await removed();
    expect(curl('outside', '192.0.2.1:9001', 1)).toMatch(/^failed/);
    expect(host.namespace.run('nft', 'list', 'map', 'inet', 'netyard', 'ports4')).not.toContain('tcp . 900');
  });

  it.each([
    { hostAddress: '0.0.0.0', to: '192.0.2.1', sources: ['192.0.2.2/32', '198.18.2.0/24'], others: ['203.0.113.0/24'] },
    { hostAddress: '192.0.2.1', to: '192.0.2.1', sources: ['192.0.2.2/32', '198.18.2.0/24'], others: ['203.0.113.0/24'] },
    { hostAddress: '::', to: '[2001:db8:f::1]', sources: ['2001:db8:f::2/128', '2001:db8:2::/64'], others: ['2001:db8:99::/48'] },
    {
      hostAddress: '2001:db8:f::1',
      to: '[2001:db8:f::1]',
      sources: ['2001:db8:f::2/128', '2001:db8:2::/64'],
      others: ['2001:db8:99::/48'],
    },
  ])('of $hostAddress is for its allowed sources alone', async ({ hostAddress, to, sources, others }) => {
    await published({ hostPort: 8020, hostAddress, allowedSources: sources });
    const failing = (...places: Place[]): Place[] => places.filter((from) => curl(from, `${to}:8020`).startsWith('failed'));
    const reaching = (...places: Place[]): Place[] => places.filter((from) => isReached(from, `${to}:8020`));
    expect([failing('outside', 3), reaching(2, 'host')]).toEqual([[], []]);
    await published({ hostPort: 8020, hostAddress, allowedSources: others, generation: 2 });
    expect(reaching('outside', 'host')).toEqual([]);
    await published({ hostPort: 8020, hostAddress, generation: 3 });
    expect(failing('outside', 3, 2, 'host')).toEqual([]);
    await removed();
  });

  it('on loopback is for the host’s own processes only if they are allowed', async () => {
    await published({ hostPort: 8021, hostAddress: '127.0.0.1', allowedSources: ['192.0.2.0/24'] });
    expect(curl('host', '127.0.0.1:8021', 1)).toMatch(/^failed/);
    await published({ hostPort: 8021, hostAddress: '127.0.0.1', allowedSources: ['127.0.0.0/8'], generation: 2 });
    expect(curl('host', '127.0.0.1:8021')).toBe('198.18.1.1');
    await removed();
  });

  it('is refused on a family that its endpoint does not have, and others are not', async () => {
    await host.realise(sandbox(8), endpoint(8, 1));
    host.upsert(port(20, 8, { hostPort: 8022, hostAddress: '::' }), port(21, 8, { hostPort: 8023 }));
    await host.ready(port(21, 8, { hostPort: 8023 }));
    const condition = host.reports.get(portId(20))?.conditions.find(({ type }) => type === 'Published');
    expect([condition?.status, condition?.message]).toEqual(['False', 'endpoint endpoint-8 has no IPv6 address that :: could lead to']);
    await removed(20);
    await removed(21);
  });
});

describe('what is connected', () => {
  /** Says `connected`, sends all the time from one port, and says `answered` at each answer and `cut` when there have been none for a while. */
  const talker = (from: Place, protocol: 'tcp' | 'udp', port: number, says: RegExp): Promise<Server> => {
    const connect = {
      tcp: `const flow = require('node:net').connect(${port}, '192.0.2.1', begin); const send = () => flow.write('GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n');`,
      udp: `const flow = require('node:dgram').createSocket('udp4').bind(4000, begin); const send = () => flow.send('x', ${port}, '192.0.2.1');`,
    }[protocol];
    const program = `let last = 0; ${connect}
      function begin() { console.log('connected'); setInterval(() => { send(); if (last && Date.now() - last > 500) console.log('cut'); }, 20); }
      const hear = () => { console.log('answered'); last = Date.now(); };
      flow.on('data', hear).on('message', hear).on('error', () => undefined);`;
    return Server.run([...enter(from), process.execPath, '-e', program], says);
  };
  /** Until it has said that, so many times from now on. */
  const hears = (server: Server, word: string, times = 1): Promise<void> =>
    new Promise((resolve) => {
      let heard = '';
      server.process.stdout?.on('data', (text) => (heard += text).split(word).length > times && resolve());
    });
  const gone = port(30, 1, { generation: 99, deleted: true });

  it.each([
    { protocol: 'tcp' as const, port: 80 },
    { protocol: 'udp' as const, port: 53 },
  ])('over $protocol is cut when its port goes, and what other ports have is not', async ({ protocol, port: inside }) => {
    await host.realise(port(30, 1, { protocol, hostPort: 8030, port: inside }), port(31, 1, { protocol, hostPort: 8031, port: inside }));
    const client = await talker('outside', protocol, 8030, /answered/);
    const cut = hears(client, 'cut');
    host.upsert(gone);
    await host.gone(gone);
    await cut;
    await client.close();
    const other = { ...gone, id: portId(31) };
    host.upsert(other);
    await host.gone(other);
  });

  it('is cut when its source may not use the port any more, and goes on for others', async () => {
    const open = port(30, 1, { hostPort: 8030 });
    await host.realise(open);
    const client = await talker('outside', 'tcp', 8030, /answered/);
    const neighbour = await talker(3, 'tcp', 8030, /answered/);
    const cut = hears(client, 'cut');
    await host.realise({ ...open, generation: 2, allowedSources: ['198.18.2.0/24'] });
    await cut;
    // More than what it may have heard before.
    await hears(neighbour, 'answered', 100);
    await client.close();
    await neighbour.close();
    host.upsert(gone);
    await host.gone(gone);
  });

  it('over UDP finds a port that is published while it lasts', async () => {
    const client = await talker('outside', 'udp', 8030, /connected/);
    const answered = hears(client, 'answered');
    await host.realise(port(30, 1, { protocol: 'udp', hostPort: 8030, port: 53 }));
    await answered;
    await client.close();
    host.upsert(gone);
    await host.gone(gone);
  });
});

describe('published ports', () => {
  it('go on while the worker is away, and are adopted without a change', async () => {
    await host.realise(port(40, 1, { hostPort: 8040, allowedSources: ['192.0.2.0/24'] }));
    await host.kill();
    expect(curl('outside', '192.0.2.1:8040')).toBe('192.0.2.2');
    host.startProcess();
    const objects = [dualStackNetwork(1), sandbox(1), member(1, 1), port(40, 1, { hostPort: 8040, allowedSources: ['192.0.2.0/24'] })];
    host.send(...objects.map((object) => ({ type: 'upsert' as const, object })));
    await host.ready(...objects);
    expect(curl('outside', '192.0.2.1:8040')).toBe('192.0.2.2');
    expect(curl('outside', '192.0.2.1:8080')).toBe('192.0.2.2');
    expect(host.events.filter(({ reason }) => reason === 'DriftRepaired')).toEqual([]);
  });
});
