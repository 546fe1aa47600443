import { describe, expect, it } from 'vitest';
import { bytes, decodeAttributes, decodeText, encodeAttributes, nested, text, uint32 } from './attribute';
import { addAddress } from './addresses';
import { setBridgePort } from './bridge-port';
import { IFLA_NET_NS_FD, NLA_TYPE_MASK } from './constants';
import { addBridge, addVeth, deleteLink, deleteLinkGroup, setLink } from './links';
import { decodeMessages, encodeMessage, type NetlinkRequest } from './message';
import type { Namespace } from './namespace';
import { deleteNeighbour, replaceNeighbour } from './neighbours';
import { addRoute, replaceRoute } from './routes';

describe('attributes', () => {
  it('are aligned to four bytes, nested ones flagged', () => {
    expect(encodeAttributes([text(3, 'ab'), nested(18, [uint32(1, 7)])]).toString('hex')).toBe(
      '070003006162000' + '0' + '0c00128008000100' + '07000000',
    );
  });

  it('survive a round trip', () => {
    const decoded = decodeAttributes(encodeAttributes([text(3, 'eth0'), bytes(1, Buffer.from('020000000001', 'hex')), uint32(4, 1500)]));
    expect(decodeText(decoded.get(3))).toBe('eth0');
    expect(decoded.get(1)?.toString('hex')).toBe('020000000001');
    expect(decoded.get(4)?.readUInt32LE(0)).toBe(1500);
  });

  it('end at a malformed one', () => {
    const good = encodeAttributes([uint32(4, 1500)]);
    for (const tail of ['0300', '03000100', 'ff000100aa'])
      expect(decodeAttributes(Buffer.concat([good, Buffer.from(tail, 'hex')])).size).toBe(1);
  });
});

describe('messages', () => {
  it.each([
    // The bytes of iproute2 6.1, seen by `strace -e trace=sendmsg -xx`, with 1 for the sequence number.
    { name: 'ip link delete dev INDEX', in: deleteLink(3), want: '20000000110005000100000000000000' + '00000000030000000000000000000000' },
    {
      name: 'ip link set INDEX up',
      in: setLink(1, { up: true }),
      want: '20000000100005000100000000000000' + '00000000010000000100000001000000',
    },
  ])('$name is what `ip` sends', ({ in: request, want }) => {
    expect(encodeMessage({ ...request, flags: request.flags | 4 }, 1).toString('hex')).toBe(want);
  });

  const sandbox = { fd: 9, path: 'sandbox' } as Namespace;
  const veth = addVeth({ name: 'v0', mtuBytes: 1400, peer: { name: 'eth0', macAddress: '02:42:0a:00:00:02', namespace: sandbox } });

  it.each([
    // As above. `ip` orders attributes otherwise, leaves NLA_F_NESTED out and does not terminate the kind; it was run without a namespace for the peer.
    {
      name: 'ip link add br1 address 02:00:00:00:00:01 mtu 1400 type bridge forward_delay 0 stp_state 0 mcast_snooping 0 nf_call_iptables 1 nf_call_ip6tables 1',
      in: addBridge({ name: 'br1', macAddress: '02:00:00:00:00:01', mtuBytes: 1400 }),
      want:
        '780000001000050689c5046b0000000000000000000000000000000000000000' +
        '0a0001000200000000010000080004007805000008000300627231003c0012000a00010062726964676500002c000200080001000000000008000500000000000500170000000000' +
        '05002400010000000500250001000000',
    },
    {
      name: 'ip link add v0 mtu 1400 type veth peer name eth0 address 02:42:0a:00:00:02 mtu 1400',
      in: veth,
      want:
        '740000001000050689c5046b000000000000000000000000000000000000000008000400780500000700030076300000440012000800010076657468' +
        '3800020034000100000000000000000000000000000000000a00010002420a00000200000800040078050000090003006574683000000000',
    },
    {
      name: 'ip link set v0 alias netyard:e',
      in: setLink(5, { alias: 'netyard:e' }),
      want: '300000001000050089c5046b00000000000000000500000000000000000000000d0014006e6574796172643a65000000',
    },
    {
      name: 'ip link set v0 master br0',
      in: setLink(5, { masterIndex: 2 }),
      want: '280000001000050089c5046b000000000000000005000000000000000000000008000a0002000000',
    },
    {
      name: 'ip link set v0 addrgenmode none',
      in: setLink(5, { ipv6AutoAddress: false }),
      want: '300000001000050089c5046b000000000000000005000000000000000000000010001a000c000a000500080001000000',
    },
    {
      name: 'ip link delete group 7',
      in: deleteLinkGroup(7),
      want: '280000001100050089c5046b000000000000000000000000000000000000000008001b0007000000',
    },
    {
      name: 'ip address add 192.0.2.2/24 brd + dev eth0',
      in: addAddress(4, '192.0.2.2/24'),
      want: '300000001400050689c5046b00000000021800000400000008000200c000020208000100c000020208000400c00002ff',
    },
    {
      name: 'ip route add default via 192.0.2.1 dev eth0',
      in: addRoute({ destination: '0.0.0.0/0', via: '192.0.2.1', linkIndex: 4 }),
      want: '2c0000001800050689c5046b0000000002000000fe0300010000000008000500c00002010800040004000000',
    },
    {
      name: 'ip route replace 2001:db8:1::/48 via 2001:db8::1 dev eth0 metric 7',
      in: replaceRoute({ destination: '2001:db8:1::/48', via: '2001:db8::1', linkIndex: 4, metric: 7 }),
      want:
        '540000001800050589c5046b000000000a300000fe030001000000001400010020010db80001000000000000000000001400050020010db8000000000000000000000001' +
        '08000600070000000800040004000000',
    },
    {
      name: 'ip neighbour replace 192.0.2.9 lladdr 02:00:00:00:00:09 nud permanent dev eth0',
      in: replaceNeighbour({ linkIndex: 4, address: '192.0.2.9', macAddress: '02:00:00:00:00:09' }),
      want: '300000001c0005058ac5046b0000000002000000040000008000000008000100c00002090a0002000200000000090000',
    },
  ])('$name means what `ip` sends', ({ in: request, want }) => {
    const [captured] = decodeMessages(Buffer.from(want, 'hex'));
    expect(meaning({ ...request, flags: request.flags | 4 })).toEqual(captured && meaning(captured));
  });

  it('set the flags of a bridge port as `ip link set v0 type bridge_slave isolated on hairpin on` does', () => {
    const captured = '05002100010000000500040001000000';
    const info = decodeAttributes(
      decodeAttributes(setBridgePort(5, { isolated: true, hairpin: true }).payload.subarray(16)).get(18) ?? Buffer.alloc(0),
    );
    expect(attributesIn(info.get(5) ?? Buffer.alloc(0), [])).toEqual(attributesIn(Buffer.from(captured, 'hex'), []));
  });

  it('delete a neighbour by its address, whatever its state', () => {
    // `ip neighbour delete` says NUD_PERMANENT in the header, which the kernel does not read.
    expect(deleteNeighbour(4, '192.0.2.9').payload.toString('hex')).toBe('0200000004000000' + '00000000' + '08000100c0000209');
  });

  it('name the command that they equal', () => {
    expect(addBridge({ name: 'ny-1', macAddress: '02:00:00:00:00:01', mtuBytes: 1500 }).equals).toBe(
      'ip link add ny-1 address 02:00:00:00:00:01 mtu 1500 type bridge forward_delay 0 mcast_snooping 0 nf_call_iptables 1 nf_call_ip6tables 1',
    );
  });

  it('are split as received, a truncated last one left out', () => {
    const one = encodeMessage(deleteLink(3), 1);
    expect(decodeMessages(Buffer.concat([one, one, one.subarray(0, 20)])).map(({ sequence }) => sequence)).toEqual([1, 1]);
  });
});

/** Sizes of the fixed headers by message type, and which attributes hold others (with the size of a header before those). */
const headerSizes: Record<number, number> = { 16: 16, 17: 16, 20: 8, 24: 12, 28: 12 };
const nests = new Map([
  ['18', 0],
  ['18.2', 0],
  ['18.2.1', 16],
  ['26', 0],
  ['26.10', 0],
]);

/** A message apart from the order of its attributes. */
function meaning({ type, flags, payload }: Pick<NetlinkRequest, 'type' | 'flags' | 'payload'>): unknown {
  const size = headerSizes[type] ?? 0;
  return {
    type,
    flags,
    header: payload.toString('hex', 0, size),
    attributes: attributesIn(payload.subarray(size), type === 16 ? [] : ['flat']),
  };
}

function attributesIn(buffer: Buffer, path: string[]): Record<string, unknown> {
  const found = [...decodeAttributes(buffer)].filter(([type]) => type !== IFLA_NET_NS_FD);
  return Object.fromEntries(
    found.map(([type, value]) => {
      const inner = [...path, String(type & NLA_TYPE_MASK)];
      const skipped = nests.get(inner.join('.'));
      if (inner.join('.') === '18.1') return [type, value.toString('utf8').replace(/\0$/, '')];
      if (skipped === undefined || (skipped > 0 && value.length < 20)) return [type, value.toString('hex')];
      return [type, { header: value.toString('hex', 0, skipped), attributes: attributesIn(value.subarray(skipped), inner) }];
    }),
  );
}
