import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace } from '@netyard/testing';
import {
  addAddress,
  addBridge,
  addNeighbour,
  addRoute,
  deleteAddress,
  deleteNeighbour,
  deleteRoute,
  getLink,
  listAddresses,
  listNeighbours,
  listRoutes,
  replaceAddress,
  replaceNeighbour,
  replaceRoute,
  setLink,
  type RouteSocket,
} from './index';
import { RTM_GETADDR } from './constants';
import { request } from './message';

const macAddress = '02:00:00:00:00:09';

describe('what a link knows', () => {
  let host: TestNamespace;

  beforeEach(() => {
    host = new TestNamespace('known');
    withBridge((socket, index) => socket.request(setLink(index, { up: true, ipv6AutoAddress: false })));
  });
  afterEach(() => host.close());

  function withBridge(work: (socket: RouteSocket, linkIndex: number) => void): void {
    host.netlink((socket) => {
      if (!getLink(socket, 'br0')) socket.request(addBridge({ name: 'br0', macAddress: '02:00:00:00:00:01', mtuBytes: 1500 }));
      work(socket, getLink(socket, 'br0')?.index ?? 0);
    });
  }

  it('of its neighbours is as `ip` shows it', () => {
    withBridge((socket, linkIndex) => {
      for (const address of ['192.0.2.9', '2001:db8::9']) socket.request(addNeighbour({ linkIndex, address, macAddress }));
      expect(host.ip('neighbour', 'show', 'dev', 'br0')).toMatchObject([
        { dst: '192.0.2.9', lladdr: macAddress, state: ['PERMANENT'] },
        { dst: '2001:db8::9', lladdr: macAddress, state: ['PERMANENT'] },
      ]);
      expect(() => socket.request(addNeighbour({ linkIndex, address: '192.0.2.9', macAddress }))).toThrow(/EEXIST/);
      socket.request(replaceNeighbour({ linkIndex, address: '192.0.2.9', macAddress: '02:00:00:00:00:0a' }));
      expect(listNeighbours(socket, linkIndex)).toEqual([
        { linkIndex, address: '192.0.2.9', macAddress: '02:00:00:00:00:0a', state: 'permanent', isExternal: false },
        { linkIndex, address: '2001:db8::9', macAddress, state: 'permanent', isExternal: false },
      ]);
      expect(listNeighbours(socket, getLink(socket, 'lo')?.index)).toEqual([]);
      socket.request(deleteNeighbour(linkIndex, '192.0.2.9'));
      expect(() => socket.request(deleteNeighbour(linkIndex, '192.0.2.9'))).toThrow(/ENOENT/);
      expect(listNeighbours(socket).map(({ address }) => address)).toEqual(['2001:db8::9']);
    });
  });

  it('of its addresses can be replaced by the same', () => {
    withBridge((socket, linkIndex) => {
      for (const address of ['192.0.2.1/24', '2001:db8::1/64']) {
        socket.request(addAddress(linkIndex, address));
        expect(() => socket.request(addAddress(linkIndex, address))).toThrow(/EEXIST/);
        socket.request(replaceAddress(linkIndex, address));
      }
      const [shown] = host.ip<{ addr_info: Record<string, unknown>[] }[]>('address', 'show', 'br0');
      expect(shown?.addr_info).toMatchObject([
        { local: '192.0.2.1', prefixlen: 24, broadcast: '192.0.2.255' },
        { local: '2001:db8::1', prefixlen: 64, nodad: true },
      ]);
      expect(listAddresses(socket, linkIndex).map(({ address }) => address)).toEqual(['192.0.2.1/24', '2001:db8::1/64']);
      expect(() => socket.request(deleteAddress(linkIndex, '192.0.2.7/24'))).toThrow(/EADDRNOTAVAIL/);
      expect(listAddresses(socket, 4711)).toEqual([]);
    });
  });

  it('is not taken for complete when the kernel ends a dump with an error', () => {
    const ofAbsentLink = Buffer.from([0, 0, 0, 0, 0x67, 0x12, 0, 0]);
    host.netlink((socket) => {
      expect(() => socket.dump(request('ip address show', RTM_GETADDR, 0, ofAbsentLink))).toThrow(/^ip address show: ENODEV/);
      expect(listAddresses(socket).map(({ address }) => address)).toContain('127.0.0.1/8');
    });
  });

  it('of its routes is as `ip` shows it', () => {
    withBridge((socket, linkIndex) => {
      for (const address of ['192.0.2.1/24', '2001:db8::1/64']) socket.request(addAddress(linkIndex, address));
      socket.request(addRoute({ destination: '198.51.100.0/24', linkIndex }));
      socket.request(addRoute({ destination: '0.0.0.0/0', via: '192.0.2.254', linkIndex, metric: 50 }));
      socket.request(addRoute({ destination: '::/0', via: '2001:db8::ffff', linkIndex }));
      expect(() => socket.request(addRoute({ destination: '203.0.113.0/24', via: '10.9.9.9', linkIndex }))).toThrow(
        /ENETUNREACH: Nexthop has invalid gateway/,
      );
      socket.request(replaceRoute({ destination: '0.0.0.0/0', via: '192.0.2.253', linkIndex, metric: 50 }));
      expect(host.ip('route', 'show')).toMatchObject([
        { dst: 'default', gateway: '192.0.2.253', dev: 'br0', metric: 50 },
        { dst: '192.0.2.0/24', protocol: 'kernel' },
        { dst: '198.51.100.0/24', dev: 'br0', scope: 'link' },
      ]);
      expect(listRoutes(socket).filter(({ via }) => via !== undefined)).toMatchObject([
        { destination: '0.0.0.0/0', via: '192.0.2.253', linkIndex, metric: 50 },
        { destination: '::/0', via: '2001:db8::ffff', linkIndex },
      ]);
      socket.request(deleteRoute({ destination: '198.51.100.0/24', linkIndex }));
      expect(() => socket.request(deleteRoute({ destination: '198.51.100.0/24', linkIndex }))).toThrow(/ESRCH/);
    });
  });
});
