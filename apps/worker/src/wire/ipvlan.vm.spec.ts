import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Desired, DesiredNetwork } from '@netyard/contracts';
import { addAddress, addRoute, addVlan, getLink, setLink } from '@netyard/netlink';
import { networkId, onWire, sandbox } from '../testing/desired';
import { dualEndpoint, WireHost } from '../testing/wire-host';

const one = dualEndpoint(1, { macAddress: null });
const two = dualEndpoint(2, { macAddress: null });

describe('ipvlan networks', () => {
  let wire: WireHost;
  let standing: Desired[] = [];

  beforeAll(async () => {
    wire = await WireHost.start();
    wire.host.snapshot();
  });
  afterAll(() => wire.close());
  afterEach(async () => {
    const going = standing.map((object) => ({ ...object, generation: 9, deleted: true }) as Desired);
    wire.host.upsert(...going);
    await wire.host.gone(...going);
    expect(wire.host.links()).toEqual([]);
  });

  const realise = async (network: DesiredNetwork): Promise<void> => {
    standing = [network, sandbox(1), sandbox(2), one, two];
    await wire.host.realise(...standing);
  };

  it.each([
    { flag: 'bridge', between: true },
    { flag: 'private', between: false },
    { flag: 'vepa', between: false },
  ])('in mode l2 $flag put endpoints on the wire, with one MAC address for all', async ({ flag, between }) => {
    await realise(onWire('ipvlan', 1, { mode: 'l2', flag }));
    for (const target of ['198.18.1.1', '2001:db8:1::1']) expect([target, wire.host.pings(1, target)]).toEqual([target, true]);
    expect(wire.host.pings(1, '198.18.1.3', between ? undefined : 2)).toBe(between);
    const parent = wire.host.namespace.netlink((socket) => getLink(socket, 'eth0')?.macAddress);
    expect(wire.host.inSandbox<{ address: string }>(1, 'link', 'show', 'eth0')[0]?.address).toBe(parent);
    expect(wire.router.run('ip', 'neigh', 'show', '198.18.1.2')).toContain(parent);
  });

  it.each(['l3', 'l3s'])('in mode %s have no gateway: the host routes for its endpoints, and routers lead there', async (mode) => {
    await realise(onWire('ipvlan', 1, { mode }));
    const parent = wire.host.namespace.netlink((socket) => {
      const index = getLink(socket, 'eth0')?.index ?? 0;
      socket.batch([addAddress(index, '192.0.2.2/24')]);
      return index;
    });
    expect(parent).toBeGreaterThan(0);
    wire.router.netlink((socket) => {
      const lan = getLink(socket, 'lan')?.index ?? 0;
      socket.batch([
        addAddress(lan, '192.0.2.1/24'),
        ...['198.18.1.2/32', '198.18.1.3/32'].map((destination) => addRoute({ destination, via: '192.0.2.2', linkIndex: lan })),
      ]);
    });
    expect(wire.host.inSandbox<{ dst: string; gateway?: string; dev: string }>(1, 'route', 'show', 'default')).toMatchObject([
      { dst: 'default', dev: 'eth0' },
    ]);
    expect(wire.host.runInSandbox(1, 'ip', 'route', 'show', 'default')).not.toContain('via');
    expect(wire.host.pings(1, '192.0.2.1')).toBe(true);
    expect(wire.host.pings(1, '198.18.1.3')).toBe(true);
    expect(
      wire.host.inSandbox<{ linkinfo: { info_data: { mode: string } } }>(1, '-d', 'link', 'show', 'eth0')[0]?.linkinfo.info_data.mode,
    ).toBe(mode);
  });

  it('are reached by their host with a shim', async () => {
    await realise(onWire('ipvlan', 1, { mode: 'l2', hostShim: true }));
    for (const target of ['198.18.1.2', '2001:db8:1::3'])
      expect(wire.host.namespace.run('ping', '-c1', '-W60', target)).toContain('1 received');
    expect(wire.host.pings(1, '198.18.1.250')).toBe(true);
  });

  it('find everything in order when the worker begins again', async () => {
    await realise(onWire('ipvlan', 1, { mode: 'l2' }));
    const before = wire.host.inSandbox(1, '-d', 'link', 'show', 'eth0');
    await wire.host.kill();
    wire.host.startProcess();
    wire.host.snapshot(...standing);
    await wire.host.ready(...standing);
    expect(wire.host.inSandbox(1, '-d', 'link', 'show', 'eth0')).toEqual(before);
  });

  it('and macvlan ones cannot share a parent, and the later one says why', async () => {
    await realise(onWire('ipvlan', 1, { mode: 'l2' }));
    const other = onWire('macvlan', 2, { mode: 'bridge' }, { id: networkId(2) });
    const refused = dualEndpoint(3, { networkId: networkId(2), addresses: ['198.18.2.4/24'] });
    wire.host.upsert(other, sandbox(3), refused);
    await wire.host.until('it is refused', () => wire.host.reports.get(refused.id)?.conditions[0]?.status === 'False');
    expect(wire.host.reports.get(refused.id)?.conditions[0]).toMatchObject({
      reason: 'UnfitParent',
      message: expect.stringContaining('macvlan and ipvlan exclude each other'),
    });
    standing.push(other, sandbox(3), refused);
  });
});

describe.each(['macvlan', 'ipvlan'] as const)('a %s network on a VLAN', (driver) => {
  let wire: WireHost;

  beforeAll(async () => {
    wire = await WireHost.start();
    wire.router.netlink((socket) => {
      socket.request(addVlan({ name: 'lan.50', parentIndex: getLink(socket, 'lan')?.index ?? 0, vlanId: 50 }));
      const index = getLink(socket, 'lan.50')?.index ?? 0;
      socket.request(addAddress(index, '198.18.2.1/24'));
      socket.request(setLink(index, { up: true }));
    });
    wire.host.snapshot();
  });
  afterAll(() => wire.close());

  it('makes it on demand, shares it, and takes it away with its last network', async () => {
    const macAddress = driver === 'macvlan' ? '02:00:00:00:00:42' : null;
    const [first, second] = [1, 2].map((number) =>
      onWire(
        driver,
        number + 1,
        { parent: 'eth0.50' },
        { id: networkId(number), subnets: [{ cidr: `198.18.${number + 1}.0/24`, gateway: `198.18.${number + 1}.1` }] },
      ),
    ) as [DesiredNetwork, DesiredNetwork];
    const endpoint = dualEndpoint(1, { networkId: networkId(1), addresses: ['198.18.2.9/24'], macAddress });
    const all = [first, second, sandbox(1), endpoint];
    await wire.host.realise(...all);
    expect(wire.host.pings(1, '198.18.2.1')).toBe(true);
    expect(wire.host.namespace.run('ip', '-d', 'link', 'show', 'eth0.50')).toContain('vlan protocol 802.1Q id 50');
    const leaves = (...objects: Desired[]) => objects.map((object) => ({ ...object, generation: 2, deleted: true }) as Desired);
    const part = leaves(first, endpoint);
    wire.host.upsert(...part);
    await wire.host.gone(...part);
    expect(wire.host.namespace.run('ip', 'link', 'show', 'eth0.50')).toContain('eth0.50');
    const rest = leaves(second, sandbox(1));
    wire.host.upsert(...rest);
    await wire.host.gone(...rest);
    expect(() => wire.host.namespace.run('ip', 'link', 'show', 'eth0.50')).toThrow('does not exist');
  });

  it('uses one that somebody else has made, and leaves it', async () => {
    wire.host.namespace.run('ip', 'link', 'add', 'eth0.50', 'link', 'eth0', 'type', 'vlan', 'id', '50');
    wire.host.namespace.run('ip', 'link', 'set', 'eth0.50', 'up');
    const network = onWire(driver, 2, { parent: 'eth0.50' }, { id: networkId(3) });
    await wire.host.realise(network);
    wire.host.upsert({ ...network, generation: 2, deleted: true });
    await wire.host.gone({ ...network, generation: 2 });
    expect(wire.host.namespace.run('ip', 'link', 'show', 'eth0.50')).toContain('eth0.50');
  });
});
