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
        socket.batch([addAddress(index, '192.0.2.2/24'), setLink(index, { up: true }), addRoute({ destination: '0.0.0.0/0', via: '192.0.2.1', linkIndex: index })]),
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
    expect(sandbox.ip('address', 'show', 'eth0')[0]).toMatchObject({ address: '02:42:0a:00:00:02', mtu: 1400, flags: expect.arrayContaining(['UP', 'LOWER_UP']) });
    expect(sandbox.run('sysctl', '-n', 'net.ipv4.conf.eth0.arp_notify').trim()).toBe('1');
    expect(sandbox.run('ping', '-c1', '-W2', '192.0.2.1')).toContain('1 received');
    const decoded = host.netlink((socket) => getLink(socket, 'v0'));
    expect(decoded).toMatchObject({ kind: 'veth', alias: 'netyard:endpoint:1', up: true, group: 7, port: { isolated: true, hairpin: true } });
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
      expect(() => socket.request(addBridge(bridge))).toThrow(/^ip link add br0 .*: EEXIST: File exists$/);
      expect(getLink(socket, 'br0')?.alias).toBe('still applied');
      expect(getLink(socket, 'absent')).toBeUndefined();
      expect(() => socket.request(deleteLink('absent'))).toThrow(KernelError);
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
