import { describe, expect, it } from 'vitest';
import { bytes, decodeAttributes, decodeText, encodeAttributes, nested, text, uint32 } from './attribute';
import { addBridge, deleteLink, setLink } from './links';
import { decodeMessages, encodeMessage } from './message';

describe('attributes', () => {
  it('are aligned to four bytes, nested ones flagged', () => {
    expect(encodeAttributes([text(3, 'ab'), nested(18, [uint32(1, 7)])]).toString('hex')).toBe('070003006162000' + '0' + '0c00128008000100' + '07000000');
  });

  it('survive a round trip', () => {
    const decoded = decodeAttributes(encodeAttributes([text(3, 'eth0'), bytes(1, Buffer.from('020000000001', 'hex')), uint32(4, 1500)]));
    expect(decodeText(decoded.get(3))).toBe('eth0');
    expect(decoded.get(1)?.toString('hex')).toBe('020000000001');
    expect(decoded.get(4)?.readUInt32LE(0)).toBe(1500);
  });

  it('end at a malformed one', () => {
    const good = encodeAttributes([uint32(4, 1500)]);
    for (const tail of ['0300', '03000100', 'ff000100aa']) expect(decodeAttributes(Buffer.concat([good, Buffer.from(tail, 'hex')])).size).toBe(1);
  });
});

describe('messages', () => {
  it.each([
    // The bytes of iproute2 6.1, seen by `strace -e trace=sendmsg -xx`, with 1 for the sequence number.
    { name: 'ip link delete dev INDEX', in: deleteLink(3), want: '20000000110005000100000000000000' + '00000000030000000000000000000000' },
    { name: 'ip link set INDEX up', in: setLink(1, { up: true }), want: '20000000100005000100000000000000' + '00000000010000000100000001000000' },
  ])('$name is what `ip` sends', ({ in: request, want }) => {
    expect(encodeMessage({ ...request, flags: request.flags | 4 }, 1).toString('hex')).toBe(want);
  });

  it('name the command that they equal', () => {
    expect(addBridge({ name: 'ny-1', macAddress: '02:00:00:00:00:01', mtuBytes: 1500 }).equals).toBe(
      'ip link add ny-1 address 02:00:00:00:00:01 mtu 1500 type bridge forward_delay 0 mcast_snooping 0',
    );
  });

  it('are split as received, a truncated last one left out', () => {
    const one = encodeMessage(deleteLink(3), 1);
    expect(decodeMessages(Buffer.concat([one, one, one.subarray(0, 20)])).map(({ sequence }) => sequence)).toEqual([1, 1]);
  });
});
