import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredEndpoint } from '@netyard/contracts';
import { networkId, onWire, sandbox } from '../testing/desired';
import { dualEndpoint, WireHost } from '../testing/wire-host';

const one = dualEndpoint(1);
const two = dualEndpoint(2);

describe('a macvlan network in mode bridge, with a host shim', () => {
  let wire: WireHost;
  const network = onWire('macvlan', 1, { mode: 'bridge', hostShim: true });

  beforeAll(async () => {
    wire = await WireHost.start();
    wire.host.snapshot(network, sandbox(1), sandbox(2), one, two);
    await wire.host.ready(network, sandbox(1), sandbox(2), one, two);
  });
  afterAll(() => wire.close());

  const inOne = () =>
    wire.host.inSandbox<{ ifname: string; address: string; linkinfo: { info_data: { mode: string } } }>(1, '-d', 'link', 'show', 'eth0')[0];
  const hostPings = (target: string): boolean => wire.host.namespace.run('ping', '-c1', '-W30', target).includes('1 received');

  it('puts endpoints on the wire with their MAC addresses, of both versions of IP', () => {
    expect(inOne()).toMatchObject({ address: one.macAddress, linkinfo: { info_data: { mode: 'bridge' } } });
    for (const target of ['198.18.1.1', '2001:db8:1::1', '198.18.1.3', '2001:db8:1::3', '203.0.113.1'])
      expect([target, wire.host.pings(1, target)]).toEqual([target, true]);
    expect(wire.router.run('ip', 'neigh', 'show', '198.18.1.2')).toContain(one.macAddress);
  });

  it('lets the host reach them, and them the host', () => {
    for (const target of ['198.18.1.2', '2001:db8:1::3']) expect([target, hostPings(target)]).toEqual([target, true]);
    expect(wire.host.pings(1, '198.18.1.250')).toBe(true);
    expect(wire.host.namespace.ip<{ dst: string; dev: string }[]>('route').map(({ dst, dev }) => `${dst} ${dev}`)).toEqual(
      expect.arrayContaining(['198.18.1.2 nys00000001', '198.18.1.3 nys00000001']),
    );
  });

  it('answers for their names', () => {
    expect(wire.host.runInSandbox(1, 'dig', '+short', '+tries=1', '@127.0.0.11', 'endpoint-2').trim()).toBe('198.18.1.3');
  });

  it('finds everything in order when it begins again', async () => {
    const before = inOne();
    await wire.host.kill();
    wire.host.startProcess();
    wire.host.snapshot(network, sandbox(1), sandbox(2), one, two);
    await wire.host.ready(network, sandbox(1), sandbox(2), one, two);
    expect(inOne()).toEqual(before);
    expect(wire.host.events).toEqual([]);
  });

  it('makes a link anew that somebody has given another mode', async () => {
    wire.host.runInSandbox(1, 'ip', 'link', 'set', 'eth0', 'type', 'macvlan', 'mode', 'private');
    await wire.host.realise({ ...one, generation: 2 });
    expect(inOne()?.linkinfo.info_data.mode).toBe('bridge');
    expect(wire.host.pings(1, '198.18.1.1')).toBe(true);
  });

  it('takes an endpoint off the wire that leaves, and the host’s way to it', async () => {
    const left: DesiredEndpoint = { ...two, generation: 2, sandboxId: null };
    wire.host.upsert(left);
    await wire.host.gone(left);
    expect(wire.host.inSandbox<{ ifname: string }>(2, 'link').map(({ ifname }) => ifname)).toEqual(['lo']);
    expect(wire.host.namespace.run('ip', 'route')).not.toContain('198.18.1.3');
    await wire.host.realise({ ...two, generation: 3 });
    expect(wire.host.pings(2, '198.18.1.1')).toBe(true);
  });

  it('takes away what belongs to nobody any more, in sandboxes too', async () => {
    await wire.host.kill();
    wire.host.startProcess();
    wire.host.snapshot(network, sandbox(1), sandbox(2), { ...one, generation: 2 });
    await wire.host.ready(network, { ...one, generation: 2 });
    await wire.host.realise(sandbox(2, { generation: 2 }));
    expect(wire.host.inSandbox<{ ifname: string }>(2, 'link').map(({ ifname }) => ifname)).toEqual(['lo']);
  });

  it('says when the parent is unplugged, and mends all once it is back', async () => {
    wire.host.namespace.run('ip', 'link', 'del', 'eth0');
    await wire.host.until('the network says so', () => wire.host.reports.get(network.id)?.conditions[0]?.status === 'False');
    expect(wire.host.reports.get(network.id)?.conditions[0]).toMatchObject({
      type: 'ParentReady',
      reason: 'UnfitParent',
      message: expect.stringContaining('parent eth0 is not there'),
    });
    wire.plug();
    const again = { ...one, generation: 3 };
    await wire.host.realise({ ...network, generation: 2 }, again);
    expect(wire.host.pings(1, '198.18.1.1')).toBe(true);
  });

  it('leaves nothing behind', async () => {
    const going = [
      { ...network, generation: 3, deleted: true },
      { ...one, generation: 4, deleted: true },
    ];
    wire.host.upsert(...going);
    await wire.host.gone(...going);
    expect(wire.host.links()).toEqual([]);
    expect(wire.host.inSandbox<{ ifname: string }>(1, 'link').map(({ ifname }) => ifname)).toEqual(['lo']);
  });
});

describe('macvlan networks of other kinds', () => {
  let wire: WireHost;

  beforeAll(async () => {
    wire = await WireHost.start();
    wire.host.snapshot();
  });
  afterAll(() => wire.close());

  it.each([
    { mode: 'private', between: false },
    { mode: 'vepa', between: false },
  ])('keep endpoints of one host apart in mode $mode', async ({ mode, between }) => {
    const network = onWire('macvlan', 1, { mode });
    const all = [network, sandbox(1), sandbox(2), one, two];
    await wire.host.realise(...all);
    expect(wire.host.pings(1, '198.18.1.1')).toBe(true);
    expect(wire.host.pings(1, '198.18.1.3', between ? undefined : 1)).toBe(between);
    const going = all.map((object) => ({ ...object, generation: 2, deleted: true }));
    wire.host.upsert(...going);
    await wire.host.gone(...going);
  });

  it('give the parent to one endpoint alone in mode passthru, with its MAC address', async () => {
    const network = onWire('macvlan', 1, { mode: 'passthru' });
    await wire.host.realise(network, sandbox(1), one);
    expect(wire.host.pings(1, '198.18.1.1')).toBe(true);
    expect(wire.router.run('ip', 'neigh', 'show', '198.18.1.2')).toContain(one.macAddress);
    wire.host.upsert(sandbox(2), two);
    await wire.host.until('the second is refused', () => wire.host.reports.get(two.id)?.conditions[0]?.status === 'False');
    expect(wire.host.reports.get(two.id)?.conditions[0]?.message).toContain('passthru');
    const going = [network, sandbox(1), sandbox(2), one, two].map((object) => ({ ...object, generation: 2, deleted: true }));
    wire.host.upsert(...going);
    await wire.host.gone(...going);
  });

  it('connect endpoints of one host alone when internal and without a parent', async () => {
    const network = onWire('macvlan', 1, {}, { internal: true, options: { mode: 'bridge' } });
    await wire.host.realise(network, sandbox(1), sandbox(2), one, two);
    expect(wire.host.pings(1, '198.18.1.3')).toBe(true);
    expect(wire.host.pings(1, '198.18.1.1', 1)).toBe(false);
    expect(wire.host.links()).toEqual(['ny-00000001', 'nyp00000001']);
    const going = [network, sandbox(1), sandbox(2), one, two].map((object) => ({ ...object, generation: 2, deleted: true }));
    wire.host.upsert(...going);
    await wire.host.gone(...going);
    expect(wire.host.links()).toEqual([]);
  });

  it('refuse a parent that is down, or a port of a bridge, and say so', async () => {
    const says = async (generation: number): Promise<string> => {
      const network = onWire('macvlan', 1, {}, { id: networkId(1), generation });
      wire.host.upsert(network);
      await wire.host.until('the network fails', () => wire.host.reports.get(network.id)?.observedGeneration === generation);
      return wire.host.reports.get(network.id)?.conditions[0]?.message ?? '';
    };
    const { namespace } = wire.host;
    namespace.run('ip', 'link', 'set', 'eth0', 'down');
    expect(await says(3)).toBe('parent eth0 is down: ip link set eth0 up');
    namespace.run('ip', 'link', 'add', 'br0', 'type', 'bridge');
    namespace.run('ip', 'link', 'set', 'eth0', 'up', 'master', 'br0');
    expect(await says(4)).toBe('parent eth0 is a port of bridge br0, which takes its frames');
    namespace.run('ip', 'link', 'set', 'eth0', 'nomaster');
    expect(await says(5)).toBe('');
  });
});
