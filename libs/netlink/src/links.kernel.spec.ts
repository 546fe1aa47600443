import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace } from '@netyard/testing';
import {
  addAddress,
  addBridge,
  addRoute,
  addVeth,
  deleteLink,
  deleteLinkGroup,
  getLink,
  KernelError,
  listAddresses,
  listLinks,
  listRoutes,
  setBridgePort,
  setLink,
} from './index';

const bridge = { name: 'br0', macAddress: '02:00:00:00:00:01', mtuBytes: 1400 };

describe('links in the kernel', () => {
  let host: TestNamespace;
  let sandbox: TestNamespace;

  beforeEach(() => {
    host = new TestNamespace('host');
    sandbox = new TestNamespace('sandbox');
  });
  afterEach(() => {
    sandbox.close();
    host.close();
  });

  const veth = (name: string, peerName: string, group?: number) =>
    addVeth({ name, mtuBytes: 1400, group, peer: { name: peerName, macAddress: '02:42:0a:00:00:02', namespace: sandbox.namespace } });

  it('joins a sandbox to a bridge as `ip` sees it', () => {
    host.netlink((socket) => {
      socket.request(addBridge(bridge));
      const master = getLink(socket, 'br0');
      socket.request(addAddress(master?.index ?? 0, '192.0.2.1/24'));
      const results = socket.batch([
        setLink('br0', { alias: 'netyard:network:1', up: true }),
        veth('v0', 'eth0', 7),
        setLink('v0', { alias: 'netyard:endpoint:1', masterIndex: master?.index, ipv6AutoAddress: false }),
        setBridgePort('v0', { isolated: true, hairpin: true }),
        setLink('v0', { up: true }),
      ]);
      expect(results).toEqual([undefined, undefined, undefined, undefined, undefined]);
    });
    sandbox.netlink((socket) => {
      const index = getLink(socket, 'eth0')?.index ?? 0;
      socket.request(setLink(index, { ipv6AutoAddress: false, arpNotify: true }));
      expect(
        socket.batch([
          addAddress(index, '192.0.2.2/24'),
          setLink(index, { up: true }),
          addRoute({ destination: '0.0.0.0/0', via: '192.0.2.1', linkIndex: index }),
        ]),
      ).toEqual([undefined, undefined, undefined]);
      expect(listAddresses(socket, index)).toEqual([{ linkIndex: index, address: '192.0.2.2/24', scope: 0 }]);
      expect(listRoutes(socket).map(({ destination, via }) => ({ destination, via }))).toEqual([
        { destination: '0.0.0.0/0', via: '192.0.2.1' },
        { destination: '192.0.2.0/24', via: undefined },
      ]);
    });

    const [port] = host.ip('-d', 'link', 'show', 'v0');
    expect(port).toMatchObject({ mtu: 1400, master: 'br0', group: '7', ifalias: 'netyard:endpoint:1', inet6_addr_gen_mode: 'none' });
    expect(port?.['linkinfo']).toMatchObject({ info_slave_data: { isolated: true, hairpin: true } });
    expect(sandbox.ip('address', 'show', 'eth0')[0]).toMatchObject({
      address: '02:42:0a:00:00:02',
      mtu: 1400,
      flags: expect.arrayContaining(['UP', 'LOWER_UP']),
    });
    expect(sandbox.run('sysctl', '-n', 'net.ipv4.conf.eth0.arp_notify').trim()).toBe('1');
    expect(sandbox.run('ping', '-c1', '-W30', '192.0.2.1')).toContain('1 received');
    const decoded = host.netlink((socket) => getLink(socket, 'v0'));
    expect(decoded).toMatchObject({
      kind: 'veth',
      alias: 'netyard:endpoint:1',
      up: true,
      group: 7,
      port: { isolated: true, hairpin: true },
    });
  });

  it('keeps errno and the kernel’s sentence, and goes on after a refused request', () => {
    host.netlink((socket) => {
      const results = socket.batch([
        addBridge(bridge),
        setLink('br0', { up: true }),
        setLink('br0', { mtuBytes: 10 }),
        setLink('absent', { up: true }),
        setLink('br0', { alias: 'still applied' }),
      ]);
      expect(results.map((result) => result?.errnoName)).toEqual([undefined, undefined, 'EINVAL', 'ENODEV', undefined]);
      expect(results[2]?.message).toContain('mtu less than device minimum');
      expect(results[2]?.extendedAck.message).toBe('mtu less than device minimum');
      expect(() => socket.request(addBridge(bridge))).toThrow(/^ip link add br0 .*: EEXIST: File exists$/);
      expect(getLink(socket, 'br0')?.alias).toBe('still applied');
      expect(getLink(socket, 'absent')).toBeUndefined();
      expect(() => socket.request(deleteLink('absent'))).toThrow(KernelError);
    });
  });

  it('joins 200 in two batches, the first on the host, the second inside', async () => {
    const numbers = Array.from({ length: 200 }, (_, number) => number);
    host.netlink((socket) => {
      socket.request(addBridge(bridge));
      const masterIndex = getLink(socket, 'br0')?.index;
      const requests = numbers.flatMap((number) => [
        addVeth({
          name: `v${number}`,
          mtuBytes: 1400,
          masterIndex,
          indexes: { own: 1000 + number, peer: 2000 + number },
          peer: { name: `eth${number}`, namespace: sandbox.namespace },
        }),
        setLink(1000 + number, { alias: `netyard:endpoint:${number}`, ipv6AutoAddress: false }),
        setLink(1000 + number, { up: true }),
      ]);
      expect(socket.batch(requests).filter(Boolean)).toEqual([]);
    });
    sandbox.netlink((socket) => {
      const requests = numbers.flatMap((number) => [
        addAddress(2000 + number, `192.0.2.${number + 1}/32`),
        setLink(2000 + number, { ipv6AutoAddress: false }),
        setLink(2000 + number, { up: true }),
        addRoute({ destination: `198.51.100.${number + 1}/32`, linkIndex: 2000 + number }),
      ]);
      expect(socket.batch(requests).filter(Boolean)).toEqual([]);
      expect(listAddresses(socket)).toHaveLength(1 + 1 + 200);
    });
    expect(host.ip('link', 'show', 'master', 'br0', 'up')).toHaveLength(200);
    expect(sandbox.ip('route', 'show')).toHaveLength(200);
    // The kernel tells of the carrier in its own time.
    await expect
      .poll(() => host.ip('link', 'show', 'v7'))
      .toMatchObject([{ ifindex: 1007, link_index: 2007, ifalias: 'netyard:endpoint:7', operstate: 'UP' }]);
  });

  it('takes a given index once, and makes no pair that its bridge refuses', () => {
    host.netlink((socket) => {
      const peer = { name: 'eth0', namespace: sandbox.namespace };
      socket.request(addVeth({ name: 'v0', mtuBytes: 1500, macAddress: '02:00:00:00:00:02', indexes: { own: 77, peer: 78 }, peer }));
      expect(getLink(socket, 77)).toMatchObject({ name: 'v0', macAddress: '02:00:00:00:00:02', peerIndex: 78 });
      for (const indexes of [
        { own: 77, peer: 80 },
        { own: 79, peer: 78 },
      ]) {
        expect(() => socket.request(addVeth({ name: 'v1', mtuBytes: 1500, indexes, peer: { ...peer, name: 'eth1' } }))).toThrow(
          /E(EXIST|BUSY)/,
        );
      }
      expect(() => socket.request(addVeth({ name: 'v1', mtuBytes: 1500, masterIndex: 4711, peer: { ...peer, name: 'eth1' } }))).toThrow(
        /^ip link add v1 /,
      );
      expect(listLinks(socket).map(({ name }) => name)).toEqual(['lo', 'v0']);
    });
    expect(sandbox.ip('link')).toHaveLength(2);
  });

  it('lists the links of a kind or of a bridge, with what they counted', () => {
    host.netlink((socket) => {
      socket.request(addBridge({ ...bridge, multicastSnooping: true }));
      const masterIndex = getLink(socket, 'br0')?.index;
      socket.request(addVeth({ name: 'v0', mtuBytes: 1400, masterIndex, peer: { name: 'eth0', namespace: sandbox.namespace } }));
      socket.request(veth('v1', 'eth1'));
      socket.request(addAddress(masterIndex ?? 0, '192.0.2.1/24'));
      for (const name of ['br0', 'v0']) socket.request(setLink(name, { up: true }));
      expect(listLinks(socket, { kind: 'veth' }).map(({ name }) => name)).toEqual(['v0', 'v1']);
      expect(listLinks(socket, { kind: 'bridge' }).map(({ name }) => name)).toEqual(['br0']);
      expect(listLinks(socket, { kind: 'no-such-kind' })).toEqual([]);
      expect(listLinks(socket, { masterIndex }).map(({ name }) => name)).toEqual(['v0']);
      expect(listLinks(socket, { kind: 'veth' })[0]).toMatchObject({ peerNamespaceId: 0, statistics: undefined });
      sandbox.run('ip', 'link', 'set', 'eth0', 'up');
      sandbox.run('ip', 'address', 'add', '192.0.2.2/24', 'dev', 'eth0');
      sandbox.run('ping', '-c1', '-W30', '-q', '192.0.2.1');
    });
    const counted = host.ip<{ stats64: { rx: { bytes: number; packets: number } } }[]>('-s', 'link', 'show', 'v0')[0]?.stats64.rx;
    const statistics = host.netlink((socket) => listLinks(socket, { statistics: true }).find(({ name }) => name === 'v0')?.statistics);
    expect(statistics?.receivedPackets).toBeGreaterThan(0);
    expect(statistics?.receivedBytes).toBeGreaterThanOrEqual(counted?.bytes ?? Infinity);
    expect(host.ip('-d', 'link', 'show', 'br0')[0]?.['linkinfo']).toMatchObject({
      info_data: { mcast_snooping: 1, stp_state: 0, forward_delay: 0 },
    });
  });

  it('makes 200 pairs in one batch and deletes them by group', () => {
    host.netlink((socket) => {
      const requests = Array.from({ length: 200 }, (_, index) => veth(`v${index}`, `eth${index}`, 42));
      expect(socket.batch(requests).filter(Boolean)).toEqual([]);
      expect(listLinks(socket).filter(({ group }) => group === 42)).toHaveLength(200);
      socket.request(deleteLinkGroup(42));
      expect(listLinks(socket).map(({ name }) => name)).toEqual(['lo']);
    });
    expect(sandbox.ip('link')).toHaveLength(1);
  });

  it('says why the 1,024th port of a bridge is refused', () => {
    host.netlink((socket) => {
      socket.request(addBridge(bridge));
      const masterIndex = getLink(socket, 'br0')?.index;
      const names = Array.from({ length: 1024 }, (_, index) => `v${index}`);
      expect(socket.batch(names.map((name, index) => veth(name, `eth${index}`, 9))).filter(Boolean)).toEqual([]);
      const results = socket.batch(names.map((name) => setLink(name, { masterIndex })));
      expect(results.slice(0, 1023).filter(Boolean)).toEqual([]);
      expect(results[1023]?.message).toMatch(/EXFULL: the bridge has no free port/);
      expect(listLinks(socket, { masterIndex })).toHaveLength(1023);
      socket.request(deleteLinkGroup(9));
    });
  });
});
