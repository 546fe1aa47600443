import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace } from '@netyard/testing';
import { addWireguard, getLink, setLink, WireguardSocket } from './index';

const keys = ['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEE=', 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEE='];

describe('a WireGuard link', () => {
  let host: TestNamespace;
  let socket: WireguardSocket;

  beforeEach(() => {
    host = new TestNamespace('wg');
    socket = WireguardSocket.open(host.namespace);
    host.netlink((route) => route.request(addWireguard({ name: 'wg0', mtuBytes: 1440 })));
  });
  afterEach(() => {
    socket.close();
    host.close();
  });

  const wg = (what: string): string => host.run('wg', 'show', 'wg0', what).trim();
  const peerKeys = (count: number): string[] =>
    Array.from({ length: count }, (_, number) => {
      const bytes = Buffer.alloc(32, 7);
      bytes.writeUInt32BE(number, 0);
      return bytes.toString('base64');
    });

  it('is what `wg` shows', () => {
    expect(host.netlink((route) => getLink(route, 'wg0'))).toMatchObject({ kind: 'wireguard', mtuBytes: 1440, up: false });
    const [first = '', second = ''] = peerKeys(2);
    socket.set('wg0', {
      privateKey: keys[0],
      port: 51820,
      peers: [
        { publicKey: first, endpoint: { address: '192.0.2.1', port: 1 }, allowedIps: ['198.51.100.0/24', '2001:db8::1/128'] },
        { publicKey: second, endpoint: { address: '2001:db8::2', port: 65535 }, allowedIps: [] },
      ],
    });
    const shown = socket.get('wg0');
    expect(shown).toMatchObject({ port: 51820, publicKey: wg('public-key'), privateKey: wg('private-key') });
    expect(shown?.peers).toEqual([
      {
        publicKey: first,
        endpoint: { address: '192.0.2.1', port: 1 },
        allowedIps: ['198.51.100.0/24', '2001:db8::1/128'],
        lastHandshakeMs: 0,
      },
      { publicKey: second, endpoint: { address: '2001:db8::2', port: 65535 }, allowedIps: [], lastHandshakeMs: 0 },
    ]);
    expect(wg('endpoints').split('\n')).toEqual([`${first}\t192.0.2.1:1`, `${second}\t[2001:db8::2]:65535`]);
    expect(wg('allowed-ips').split('\n')[0]).toBe(`${first}\t198.51.100.0/24 2001:db8::1/128`);
  });

  it('takes another key and loses single peers, while others stay', () => {
    const [first = '', second = ''] = peerKeys(2);
    const peer = { endpoint: { address: '192.0.2.1', port: 1 }, allowedIps: ['198.51.100.0/24'] };
    socket.set('wg0', {
      privateKey: keys[0],
      peers: [
        { publicKey: first, ...peer },
        { publicKey: second, ...peer, allowedIps: [] },
      ],
    });
    const before = wg('public-key');
    socket.set('wg0', { privateKey: keys[1] });
    expect(wg('public-key')).not.toBe(before);
    expect(wg('peers').split('\n')).toHaveLength(2);
    // What leads to one peer leads to no other.
    socket.set('wg0', { peers: [{ publicKey: second, ...peer }] });
    expect(socket.get('wg0')?.peers.map(({ allowedIps }) => allowedIps)).toEqual([[], ['198.51.100.0/24']]);
    socket.set('wg0', { peers: [{ publicKey: first, remove: true }] });
    expect(wg('peers')).toBe(second);
  });

  it('holds a thousand peers, with many prefixes', () => {
    const peers = peerKeys(1000).map((publicKey, number) => ({
      publicKey,
      endpoint: { address: '192.0.2.1', port: 1 },
      allowedIps:
        number === 500
          ? Array.from({ length: 600 }, (_, part) => `10.${part >> 8}.${part & 255}.0/24`)
          : [`2001:db8::${number.toString(16)}/128`],
    }));
    socket.set('wg0', { peers });
    expect(socket.get('wg0')?.peers.map(({ publicKey, allowedIps }) => ({ publicKey, count: allowedIps.length }))).toEqual(
      peers.map(({ publicKey, allowedIps }) => ({ publicKey, count: allowedIps.length })),
    );
  });

  it('is refused a port that another has, and what is no WireGuard link is none', () => {
    host.netlink((route) => {
      route.request(addWireguard({ name: 'wg1', mtuBytes: 1440 }));
      for (const name of ['wg0', 'wg1']) route.request(setLink(name, { up: true }));
    });
    socket.set('wg0', { port: 51820 });
    const change = (): void => socket.set('wg1', { privateKey: keys[0], port: 51820 });
    expect(change).toThrow(/^wg set wg1 listen-port 51820 private-key …: EADDRINUSE/);
    expect(socket.get('lo')).toBeUndefined();
    expect(socket.get('none')).toBeUndefined();
    expect(() => socket.set('none', { port: 1 })).toThrow('ENODEV');
  });
});
