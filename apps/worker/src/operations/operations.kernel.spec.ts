import { bridgeLinkName, ownedLinkGroup, vethLinkName } from '@netyard/contracts';
import { TestNamespace } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, endpointId, network, networkId, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

let host: TestHost;
beforeEach(async () => {
  host = await TestHost.start();
});
afterEach(() => host.close());

const bridge = (number: number): string => bridgeLinkName(networkId(number));
const veth = (number: number): string => vethLinkName(endpointId(number));
const pair = [network(1), sandbox(1), sandbox(2), endpoint(1, 1), endpoint(2, 1)];

/** Notes from now on where packets that match come from; unlike tcpdump, the kernel itself does so in a user namespace, too. */
function sourcesOf(namespace: TestNamespace, family: 'arp' | 'ip', hook: string, match: string, source: string): () => string[] {
  namespace.run(
    'nft',
    [
      `add table ${family} seen`,
      `add set ${family} seen sources { type ipv4_addr; flags dynamic; size 64; }`,
      `add chain ${family} seen watch { type filter hook ${hook} priority 0; }`,
      `add rule ${family} seen watch ${match} add @sources { ${source} }`,
    ].join('; '),
  );
  return () => {
    const { nftables } = JSON.parse(namespace.run('nft', '-j', 'list', 'set', family, 'seen', 'sources')) as {
      nftables: { set?: { elem?: string[] } }[];
    };
    return nftables.flatMap(({ set }) => set?.elem ?? []);
  };
}

describe('joining and leaving', () => {
  it('joins two sandboxes, which reach each other, and takes it all away again', async () => {
    host.snapshot(...pair);
    await host.ready(...pair);
    expect(host.pings(1, '198.18.1.3')).toBe(true);
    expect(host.links()).toEqual([bridge(1), veth(1), veth(2)].sort());
    const gone = pair.map((object) => ({ ...object, deleted: true, generation: 2 }));
    host.upsert(...gone);
    await host.gone(...gone);
    expect(host.links()).toEqual([]);
    expect(host.hasSandbox(sandboxId(1))).toBe(false);
    // Sources whose flows are counted are the kernel's to forget.
    const counted = /elements = \{[^}]*ct count over[^}]*\}/g;
    expect(host.namespace.run('nft', 'list', 'ruleset').replaceAll(counted, '')).not.toContain('ny-');
  });

  it('takes an endpoint away alone, and joins it again', async () => {
    await host.realise(...pair);
    const left = endpoint(1, 1, { generation: 2, sandboxId: null });
    host.upsert(left);
    await host.gone(left);
    expect(host.links()).toEqual([bridge(1), veth(2)].sort());
    await host.realise(endpoint(1, 1, { generation: 3 }));
    expect(host.pings(1, '198.18.1.3')).toBe(true);
  });

  it('gives interface, MAC address, MTU, and sets lo up', async () => {
    const joined = endpoint(1, 1, { interfaceName: 'web0', macAddress: '02:11:22:33:44:55' });
    await host.realise(network(1, { options: { mtuBytes: 1400 } }), sandbox(1), joined);
    const links = host.inSandbox<{ ifname: string; address: string; mtu: number; flags: string[] }>(1, 'link');
    expect(links.map(({ ifname, mtu }) => [ifname, mtu])).toEqual([
      ['lo', 65536],
      ['web0', 1400],
    ]);
    expect(links[1]?.address).toBe('02:11:22:33:44:55');
    expect(links.every(({ flags }) => flags.includes('UP'))).toBe(true);
  });

  it('announces a new address to its network', async () => {
    await host.realise(network(1), sandbox(1), endpoint(1, 1));
    const announced = sourcesOf(host.namespace, 'arp', 'input', 'arp saddr ip != 0.0.0.0', 'arp saddr ip');
    await host.realise(sandbox(2), endpoint(2, 1));
    await expect.poll(announced).toContain('198.18.1.3');
  });

  it('has IPv6 only where the network has it', async () => {
    await host.realise(network(1), sandbox(1), endpoint(1, 1));
    expect(host.inSandbox(1, '-6', 'addr', 'show', 'dev', 'eth0')).toEqual([]);
    await host.realise(
      dualStackNetwork(2),
      ...[3, 4].flatMap((number) => [
        sandbox(number),
        endpoint(number, 2, { addresses: [`198.18.2.${number}/24`, `2001:db8:2::${number}/64`] }),
      ]),
    );
    expect(host.pings(3, '2001:db8:2::4')).toBe(true);
    expect(host.pings(3, '2001:db8:2::1')).toBe(true);
    expect(host.inSandbox<{ dst: string }>(3, '-6', 'route', 'show', 'default').map(({ dst }) => dst)).toEqual(['default']);
  });
});

describe('networks', () => {
  const two = [network(1), network(2), sandbox(1), sandbox(2), endpoint(1, 1), endpoint(2, 2)];

  it('do not reach each other', async () => {
    await host.realise(...two);
    expect(host.pings(1, '198.18.1.1')).toBe(true);
    expect(host.pings(1, '198.18.2.3', 1)).toBe(false);
  });

  it('can keep their endpoints apart', async () => {
    await host.realise(network(1, { options: { isolateEndpoints: true } }), ...pair.slice(1));
    expect(host.pings(1, '198.18.1.1')).toBe(true);
    expect(host.pings(1, '198.18.1.3', 1)).toBe(false);
  });

  it('reflect frames where hairpin is on', async () => {
    await host.realise(network(1, { options: { hairpin: true } }), ...pair.slice(1));
    const [port] = JSON.parse(host.namespace.run('bridge', '-j', '-d', 'link', 'show', 'dev', veth(1)));
    expect([port.hairpin, port.isolated]).toEqual([true, false]);
  });

  it('leave everybody else’s rules alone', async () => {
    host.namespace.run('nft', 'add', 'table', 'ip', 'mine');
    await host.realise(...two);
    await host.kill();
    expect(host.namespace.run('nft', 'list', 'tables').trim().split('\n').sort()).toEqual([
      'table arp netyard',
      'table bridge netyard',
      'table inet netyard',
      'table ip mine',
    ]);
  });

  it('do not take the name of somebody else’s link', async () => {
    host.namespace.run('ip', 'link', 'add', bridge(1), 'type', 'bridge');
    host.upsert(network(1));
    await host.until('a failure', () => host.reports.get(networkId(1))?.conditions[0]?.status === 'False');
    expect(host.reports.get(networkId(1))?.conditions[0]?.message).toContain(`a link ${bridge(1)} that is not Netyard's`);
    expect(host.namespace.ip<{ ifname: string }[]>('link').map(({ ifname }) => ifname)).toEqual(['lo', bridge(1)]);
  });

  it('finish what a killed worker had half made: a link without its alias yet', async () => {
    host.namespace.run('ip', 'link', 'add', bridge(1), 'group', String(ownedLinkGroup), 'type', 'bridge');
    host.namespace.run('ip', 'link', 'add', 'nyvffffffff', 'group', String(ownedLinkGroup), 'type', 'veth', 'peer', 'name', 'half');
    await host.realise(network(1));
    const [made] = host.namespace.ip<{ ifalias?: string }[]>('link', 'show', bridge(1));
    expect(made?.ifalias).toBe(`netyard:network:${networkId(1)}`);
    host.snapshot(network(1));
    await host.until('an orphan is removed', () => host.events.some(({ message }) => message.includes('nyvffffffff')));
    expect(host.namespace.ip<{ ifname: string }[]>('link').map(({ ifname }) => ifname)).toEqual(['lo', bridge(1)]);
  });
});

describe('the way outside', () => {
  let outside: TestNamespace;
  beforeEach(() => {
    outside = new TestNamespace('outside');
    host.namespace.run('ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', outside.name);
    for (const [namespace, address] of [
      [host.namespace, '192.0.2.1/24'],
      [outside, '192.0.2.2/24'],
    ] as const) {
      namespace.run('ip', 'addr', 'add', address, 'dev', 'eth0');
      namespace.run('ip', 'link', 'set', 'eth0', 'up');
    }
  });
  afterEach(() => outside.close());

  const sourceSeen = (): string => {
    const sources = sourcesOf(outside, 'ip', 'prerouting', 'icmp type echo-request', 'ip saddr');
    host.pings(1, '192.0.2.2');
    return sources()[0] ?? '';
  };

  it('shows the host’s address', async () => {
    await host.realise(...pair);
    expect(sourceSeen()).toBe('192.0.2.1');
    expect(host.pings(1, '192.0.2.2')).toBe(true);
  });

  it('shows the endpoint’s own address without masquerading', async () => {
    await host.realise(network(1, { options: { masquerade: false } }), ...pair.slice(1));
    expect(sourceSeen()).toBe('198.18.1.2');
  });

  it('is closed to internal networks, which stay one network', async () => {
    await host.realise(network(2), sandbox(3), endpoint(3, 2), network(1, { internal: true }), ...pair.slice(1));
    expect(host.inSandbox(1, 'route', 'show', 'default')).toEqual([]);
    host.namespace.run('nsenter', `--net=${host.sandboxPath(sandboxId(1))}`, 'ip', 'route', 'add', 'default', 'via', '198.18.1.1');
    expect(host.pings(1, '192.0.2.2', 1)).toBe(false);
    expect(host.pings(1, '198.18.1.3')).toBe(true);
  });

  it('passes to the next endpoint when the one that gave the default route leaves', async () => {
    const second = endpoint(2, 2, { sandboxId: sandboxId(1), interfaceName: 'eth1' });
    await host.realise(network(1), network(2), sandbox(1), endpoint(1, 1), second);
    const via = (): string[] => host.inSandbox<{ gateway: string }>(1, 'route', 'show', 'default').map(({ gateway }) => gateway);
    expect(via()).toEqual(['198.18.1.1']);
    const left = endpoint(1, 1, { generation: 2, sandboxId: null });
    host.upsert(left);
    await host.gone(left);
    expect(via()).toEqual(['198.18.2.1']);
    await host.realise(endpoint(1, 1, { generation: 3, gatewayPriority: 1 }));
    expect(via()).toEqual(['198.18.1.1']);
  });
});

describe('adopted sandboxes', () => {
  let container: TestNamespace;
  beforeEach(() => {
    container = new TestNamespace('container');
  });
  afterEach(() => container.close());

  it('are joined where they are, and left in place', async () => {
    const adopted = sandbox(1, { namespace: { type: 'adopted', path: container.path } });
    await host.realise(network(1), adopted, sandbox(2), endpoint(1, 1), endpoint(2, 1));
    expect(container.run('ping', '-c1', '-W30', '198.18.1.3')).toContain(' 0% packet loss');
    const gone = [endpoint(1, 1, { generation: 2, deleted: true }), { ...adopted, generation: 2, deleted: true }];
    host.upsert(...gone);
    await host.gone(...gone);
    expect(container.ip<{ ifname: string }[]>('link').map(({ ifname }) => ifname)).toEqual(['lo']);
  });

  it('keep a default route of their own, and the endpoint says why it is not ready', async () => {
    container.run('ip', 'link', 'add', 'own0', 'type', 'bridge');
    container.run('ip', 'addr', 'add', '203.0.113.2/24', 'dev', 'own0');
    container.run('ip', 'link', 'set', 'own0', 'up');
    container.run('ip', 'route', 'add', 'default', 'via', '203.0.113.1');
    host.upsert(network(1), sandbox(1, { namespace: { type: 'adopted', path: container.path } }), endpoint(1, 1));
    await host.until('a failure', () => host.reports.has(endpointId(1)));
    const routes = host.reports.get(endpointId(1))?.conditions.find(({ type }) => type === 'RoutesReady');
    expect([routes?.status, routes?.reason]).toEqual(['False', 'EEXIST']);
    // It is tried again all the time, and its link is there meanwhile.
    await expect.poll(() => container.ip<{ ifname: string }[]>('link').map(({ ifname }) => ifname)).toEqual(['lo', 'own0']);
    await expect.poll(() => host.links()).toEqual([bridge(1)]);
  });

  it.each([
    ['/proc/version', 'EINVAL', 'it is not a network namespace'],
    ['/run/netns/ny-test-absent', 'ENOENT', '/run/netns/ny-test-absent'],
  ])('at %s are refused with the reason', async (path, reason, culprit) => {
    host.upsert(sandbox(1, { namespace: { type: 'adopted', path } }));
    await host.until('a failure', () => host.reports.has(sandboxId(1)));
    const [condition] = host.reports.get(sandboxId(1))?.conditions ?? [];
    expect([condition?.type, condition?.status, condition?.reason]).toEqual(['NamespaceReady', 'False', reason]);
    expect(condition?.message).toContain(culprit);
  });
});
