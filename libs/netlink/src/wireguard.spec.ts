import { describe, expect, it } from 'vitest';
import { bytes, encodeAttributes, nested, text, uint16 } from './attribute';
import { setRequest, takePart, type WireguardDevice } from './wireguard';

const publicKey = 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=';
const privateKey = 'AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=';
const key = '2400' + '0100' + '01'.repeat(32);

describe('a change of a WireGuard link', () => {
  it.each([
    {
      name: 'its key and its port',
      in: () => setRequest(32, 'wg0', { privateKey, port: 51820 }, []),
      // struct genlmsghdr, then attributes as include/uapi/linux/wireguard.h numbers them.
      want: '01010000' + '08000200' + '77673000' + '24000300' + '02'.repeat(32) + '06000600' + '6cca0000',
    },
    {
      name: 'a peer that is to go',
      in: () => setRequest(32, 'wg0', {}, [{ publicKey, remove: true }]),
      want: '01010000' + '08000200' + '77673000' + '34000880' + '30000080' + key + '08000300' + '01000000',
    },
    {
      name: 'a peer',
      in: () => setRequest(32, 'wg0', {}, [{ publicKey, endpoint: { address: '192.0.2.1', port: 258 }, allowedIps: ['198.51.100.0/24'] }]),
      want:
        '01010000' +
        '08000200' +
        '77673000' +
        '68000880' +
        '64000080' +
        key +
        '08000300' +
        '02000000' +
        '14000400' +
        '02000102c0000201' +
        '00'.repeat(8) +
        '20000980' +
        '1c000080' +
        '06000100' +
        '02000000' +
        '08000200' +
        'c6336400' +
        '05000300' +
        '18000000',
    },
  ])('has $name in its bytes', ({ in: request, want }) => {
    expect(request().payload.toString('hex')).toBe(want);
  });

  it('shows the private key in no text', () => {
    expect(JSON.stringify(setRequest(32, 'wg0', { privateKey, port: 1 }, []).equals)).toBe('"wg set wg0 listen-port 1 private-key …"');
  });
});

it('what the kernel shows of a peer may come in several parts', () => {
  const allowed = (address: string, length: number) =>
    nested(0, [uint16(1, 2), bytes(2, Buffer.from(address.split('.').map(Number))), bytes(3, Buffer.of(length))]);
  const part = (address: string) =>
    encodeAttributes([
      text(2, 'wg0'),
      uint16(6, 51820),
      nested(8, [nested(0, [bytes(1, Buffer.alloc(32, 1)), nested(9, [allowed(address, 32)])])]),
    ]);
  const device: WireguardDevice = { privateKey: '', publicKey: '', port: 0, peers: [] };
  for (const address of ['192.0.2.1', '192.0.2.2']) takePart(device, part(address));
  expect(device).toEqual({
    privateKey: '',
    publicKey: '',
    port: 51820,
    peers: [{ publicKey, endpoint: null, allowedIps: ['192.0.2.1/32', '192.0.2.2/32'], lastHandshakeMs: 0 }],
  });
});
