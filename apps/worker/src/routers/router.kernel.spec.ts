import { execFile } from 'node:child_process';
import type { DesiredEndpoint } from '@netyard/contracts';
import { datagramAnswer, outcome, Server, TestNamespace } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, networkId, policy, port, portId, router, routerId, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

/**
 * Two tenants with the same subnets, which are also on a link of the host: networks 1 and 2, with the endpoints 1 and 3 of one address, 2 and 4 of another. Endpoint 5 is the
 * default tenant's, in network 3.
 */
const { subnets } = dualStackNetwork(1);
const networks = [
  dualStackNetwork(1, { routerId: routerId(1) }),
  dualStackNetwork(2, { routerId: routerId(2), subnets, options: { ...dualStackNetwork(2).options, masquerade: false } }),
  dualStackNetwork(3),
];
const member = (number: number, network: number, over: Partial<DesiredEndpoint> = {}): DesiredEndpoint => {
  const last = network === 2 ? number - 1 : number + 1;
  const subnet = network === 3 ? 3 : 1;
  return endpoint(number, network, { addresses: [`198.18.${subnet}.${last}/24`, `2001:db8:${subnet}::${last}/64`], ...over });
};
const endpoints = [member(1, 1), member(2, 1), member(3, 2), member(4, 2), member(5, 3)];
const ports = [
  port(1, 1, { hostPort: 8081, routerPort: 20_000 }),
  port(2, 3, { hostPort: 8082, routerPort: 20_000, port: 81 }),
  port(3, 3, { hostPort: 8082, routerPort: 20_000, port: 81, hostAddress: '::' }),
  port(4, 1, { hostPort: 8083, routerPort: 20_001, allowedSources: ['192.0.2.2/32'] }),
  port(5, 3, { hostPort: 5301, routerPort: 20_002, port: 53, count: 2, protocol: 'udp', hostAddress: '192.0.2.1' }),
];

let host: TestHost;
let outside: TestNamespace;
const servers: Server[] = [];

type Place = number | 'host' | 'outside';
const pathOf = (place: Place): string =>
  typeof place === 'number' ? host.sandboxPath(sandboxId(place)) : { host: host.namespace, outside }[place].path;
const enter = (place: Place): string[] => ['nsenter', `--net=${pathOf(place)}`];
/** The client's address as the server sees it. */
const curl = (from: Place, address: string): string =>
  outcome([...enter(from), 'curl', '-sS', '-g', '--max-time', '30', `http://${address}/`]);
/** Whether any of these answers, asked all at once: nothing is refused by a word, so that each would have to be waited for. */
const answers = (from: Place, ...addresses: string[]): Promise<string[]> =>
  Promise.all(
    addresses.map(
      (address) =>
        new Promise<string[]>((resolve) => {
          const [program = '', ...args] = [...enter(from), 'curl', '-sS', '-g', '--max-time', '1', `http://${address}/`];
          execFile(program, args, (error) => resolve(error ? [] : [address]));
        }),
    ),
  ).then((found) => found.flat());
const inRouter = (number: number, ...command: string[]): string =>
  outcome(['nsenter', `--net=${host.netnsDirectory}/ny-r${routerId(number).slice(-8)}`, ...command]);

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
  outside.run('ip', 'addr', 'add', '169.254.169.254/32', 'dev', 'lo');
  host.namespace.run('ip', 'route', 'add', '169.254.169.254', 'via', '192.0.2.2');
  host.namespace.run('ip', 'link', 'add', 'eth1', 'type', 'bridge');
  host.namespace.run('ip', 'addr', 'add', '198.18.1.200/24', 'dev', 'eth1');
  host.namespace.run('ip', 'link', 'set', 'eth1', 'up');
  host.snapshot(router(1), router(2), ...networks, ...endpoints.flatMap((_, index) => sandbox(index + 1)), ...endpoints, ...ports);
  servers.push(
    ...(await Promise.all([
      Server.start(enter('outside'), { port: 80 }),
      Server.start(enter('host'), { port: 80 }),
      Server.start(enter('host'), { port: 53, protocol: 'udp' }),
    ])),
  );
  await host.ready(router(1), router(2), ...networks, ...endpoints, ...ports);
  for (const [place, number] of [
    [1, 80],
    [2, 80],
    [3, 81],
    [5, 80],
  ] as const)
    servers.push(await Server.start(enter(place), { port: number }));
  servers.push(await Server.start(enter(3), { port: 53, protocol: 'udp' }), await Server.start(enter(3), { port: 54, protocol: 'udp' }));
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await host.close();
  outside.close();
});

describe('two tenants with the same subnets on one host, which has them too', () => {
  it('have their networks to themselves', async () => {
    expect([curl(1, '198.18.1.3:80'), curl(1, '[2001:db8:1::3]:80')]).toEqual(['198.18.1.2', '2001:db8:1::2']);
    // Endpoint 4 has that address in the other network, and no server.
    expect([await answers(3, '198.18.1.3:80'), host.pings(3, '198.18.1.3')]).toEqual([[], true]);
    expect(host.namespace.run('ip', 'route', 'get', '198.18.1.2')).toContain('dev eth1');
  });

  it('reach the outside with the host’s address, whatever their networks ask for', () => {
    for (const from of [1, 3, 5]) {
      expect(curl(from, '192.0.2.2:80')).toBe('192.0.2.1');
      expect(curl(from, '[2001:db8:f::2]:80')).toBe('2001:db8:f::1');
    }
  });

  it('know names of their own alone', () => {
    const dig = (from: number, name: string): string =>
      outcome([...enter(from), 'dig', '@127.0.0.11', '+short', '+tries=1', '+time=10', name]);
    expect([dig(1, 'endpoint-2'), dig(3, 'endpoint-4'), dig(1, 'endpoint-4'), dig(3, 'endpoint-2')]).toEqual([
      '198.18.1.3',
      '198.18.1.3',
      '',
      '',
    ]);
  });

  it('find the host’s own addresses and services closed, but for its answers to echo requests', async () => {
    const services = [
      '192.0.2.1:80',
      '198.18.1.200:80',
      '100.64.0.2:80',
      '198.18.3.1:80',
      '[2001:db8:f::1]:80',
      '[2001:db8:64::2]:80',
      '169.254.169.254:80',
    ];
    expect(await answers(1, ...services)).toEqual([]);
    expect(datagramAnswer(enter(1), '192.0.2.1', 53, 1)).not.toContain('100.64');
    expect([host.pings(1, '192.0.2.1'), host.pings(1, '2001:db8:f::1'), host.pings(1, '100.64.0.2')]).toEqual([true, true, true]);
    expect(curl(5, '192.0.2.1:80')).toBe('198.18.3.6');
  });

  it('reach neither each other’s router nor the host’s bridges, nor are they reached there', async () => {
    outside.run('ip', 'route', 'add', '100.64.0.0/24', 'via', '192.0.2.1');
    const found = [
      answers(1, '198.18.3.6:80', '[2001:db8:3::6]:80', '100.64.0.5:20000', '[2001:db8:64::5]:20000'),
      answers(5, '100.64.0.5:20000', '[2001:db8:64::5]:20000'),
      answers('outside', '100.64.0.3:20000'),
    ];
    expect(await Promise.all(found)).toEqual([[], [], []]);
    expect([host.pings(1, '198.18.3.6', 1), host.pings(1, '100.64.0.5', 1), host.pings(5, '100.64.0.3', 1)]).toEqual([false, false, false]);
    expect(outcome([...enter('outside'), 'ping', '-c1', '-W1', '100.64.0.3'])).toContain('100% packet loss');
  });

  it('send nothing by the host that has another address than their uplink’s', () => {
    // As what connection tracking takes for invalid would leave the router.
    inRouter(1, 'nft', 'add table ip test { chain c { type nat hook postrouting priority srcnat - 1; policy accept; accept; }; }');
    expect(inRouter(1, 'ip', 'addr', 'add', '203.0.113.1/32', 'dev', 'uplink')).toBe('');
    expect(inRouter(1, 'ping', '-c1', '-W1', '-I', '203.0.113.1', '192.0.2.2')).toContain('100% packet loss');
    inRouter(1, 'nft', 'delete', 'table', 'ip', 'test');
    inRouter(1, 'ip', 'addr', 'del', '203.0.113.1/32', 'dev', 'uplink');
  });
});

describe('published ports of both', () => {
  it('lead from outside to the right endpoint, which sees its client', () => {
    expect([curl('outside', '192.0.2.1:8081'), curl('outside', '192.0.2.1:8082')]).toEqual(['192.0.2.2', '192.0.2.2']);
    expect(curl('outside', '[2001:db8:f::1]:8082')).toBe('2001:db8:f::2');
    expect(datagramAnswer(enter('outside'), '192.0.2.1', 5301)).toBe('192.0.2.2');
    expect(datagramAnswer(enter('outside'), '192.0.2.1', 5302)).toBe('192.0.2.2');
  });

  it('are reached from the host, by 127.0.0.1 too, from other tenants, and from the endpoint itself', () => {
    expect([curl('host', '127.0.0.1:8081'), curl('host', '192.0.2.1:8081'), curl('host', '[2001:db8:f::1]:8082')]).toEqual([
      '100.64.0.2',
      '192.0.2.1',
      '2001:db8:f::1',
    ]);
    expect([curl(3, '192.0.2.1:8081'), curl(5, '192.0.2.1:8081')]).toEqual(['100.64.0.2', '100.64.0.2']);
    expect([curl(1, '192.0.2.1:8081'), curl(2, '192.0.2.1:8081')]).toEqual(['100.64.0.2', '100.64.0.2']);
  });

  it('are closed to whom they do not allow, by whichever way', async () => {
    expect(curl('outside', '192.0.2.1:8083')).toBe('192.0.2.2');
    const others = await Promise.all((['host', 3, 5] as const).map((from) => answers(from, '192.0.2.1:8083')));
    expect(others).toEqual([[], [], []]);
    expect(await answers(2, '192.0.2.1:8083', '100.64.0.3:20001', '198.18.1.1:20001')).toEqual([]);
  });

  it('go with nothing left of them', async () => {
    const [first] = ports;
    host.upsert({ ...first, generation: 2, deleted: true } as never);
    await host.until('gone', () => host.reports.get(portId(1))?.gone === true);
    expect(await answers('outside', '192.0.2.1:8081')).toEqual([]);
    expect(host.namespace.run('nft', 'list', 'ruleset') + inRouter(1, 'nft', 'list', 'ruleset')).not.toContain(portId(1));
    await host.realise({ ...port(1, 1, { hostPort: 8081, routerPort: 20_000 }), generation: 3 });
    expect(curl('outside', '192.0.2.1:8081')).toBe('192.0.2.2');
  });

  it('wait for a place at the uplink, and leave nothing half made', async () => {
    const without = port(9, 1, { hostPort: 8089 });
    host.upsert(without);
    await host.until('refused', () => host.reports.get(without.id)?.conditions[0]?.message.includes('no place at the uplink') === true);
    expect(inRouter(1, 'nft', 'list', 'ruleset')).not.toContain(without.id);
    host.send({ type: 'delete', kind: 'port', id: without.id });
    await host.realise(sandbox(1, { generation: 2 }));
  });
});

describe('policies', () => {
  it('of one tenant are in force in its router alone', async () => {
    const denied = policy(1, 1, { defaultAction: 'deny' });
    await host.realise(denied);
    expect([host.pings(1, '198.18.1.3'), host.pings(3, '198.18.1.3')]).toEqual([false, true]);
    expect(host.namespace.run('nft', 'list', 'table', 'inet', 'netyard')).not.toContain('p-');
    host.upsert({ ...denied, generation: 2, deleted: true });
    await host.gone({ ...denied, generation: 2, deleted: true });
    expect(host.pings(1, '198.18.1.3')).toBe(true);
  });
});

describe('a sandbox in networks of two routers', () => {
  it('has an interface in each, and its default route by the one that is preferred', async () => {
    const second = member(6, 2, { sandboxId: sandboxId(1), interfaceName: 'eth1', gatewayPriority: 1 });
    await host.realise(second);
    expect(host.inSandbox<{ dev: string }>(1, 'route', 'show', 'default').map(({ dev }) => dev)).toEqual(['eth1']);
    expect(curl(1, '192.0.2.2:80')).toBe('192.0.2.1');
    host.upsert({ ...second, generation: 2, deleted: true });
    await host.gone({ ...second, generation: 2, deleted: true });
    expect(host.inSandbox<{ dev: string }>(1, 'route', 'show', 'default').map(({ dev }) => dev)).toEqual(['eth0']);
    expect(host.pings(1, '198.18.1.3')).toBe(true);
  });
});

describe('an uplink whose addresses the host routes elsewhere', () => {
  it('is not made, and the report names route and link; the network waits for it', async () => {
    host.namespace.run('ip', 'route', 'add', '100.64.0.16/28', 'via', '192.0.2.2');
    const [late, network] = [router(9), dualStackNetwork(9, { routerId: routerId(9) })];
    host.upsert(late, network);
    await host.until('a conflict', () => host.reports.get(late.id)?.conditions[0]?.reason === 'UplinkConflict');
    expect(host.reports.get(late.id)?.conditions[0]?.message).toContain(
      'the uplink 100.64.0.18/31 of router tenant-9 overlaps 100.64.0.16/28, which this host routes by eth0',
    );
    await host.until('waiting', () => host.reports.get(networkId(9))?.conditions[0]?.reason === 'MissingPart');
    expect(host.links()).not.toContain('nyr00000009');
    host.namespace.run('ip', 'route', 'del', '100.64.0.16/28');
    await host.ready(late, network);
  });
});
