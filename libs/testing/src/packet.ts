import { hex, internetChecksum, ipv4Bytes, ipv6Bytes } from './raw-frame';

/** Numbers of protocols (IANA). */
export const protocols = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

/** Of Ethernet. */
const types = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd } as const;

const words = (...values: number[]): Buffer => Buffer.concat(values.map((value) => Buffer.of(value >> 8, value & 0xff)));

/** `type`: of what is in the frame, or its bytes, with tags before it. */
export const ethernet = (source: string, destination: string, type: keyof typeof types | Buffer, payload: Buffer): Buffer =>
  Buffer.concat([hex(destination, source), typeof type === 'string' ? words(types[type]) : type, payload]);

/** RFC 791; `options`: whole words. */
export function ipv4(source: string, destination: string, protocol: number, payload: Buffer, options: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.concat([
    Buffer.of(0x45 + options.length / 4, 0),
    words(20 + options.length + payload.length, 0, 0),
    Buffer.of(64, protocol, 0, 0),
    hex(ipv4Bytes(source), ipv4Bytes(destination)),
    options,
  ]);
  header.write(internetChecksum(header), 10, 'hex');
  return Buffer.concat([header, payload]);
}

/** RFC 8200. Neighbour discovery wants a hop limit of 255. */
export const ipv6 = (source: string, destination: string, next: number, payload: Buffer): Buffer =>
  Buffer.concat([
    hex('60000000'),
    words(payload.length),
    Buffer.of(next, 255),
    hex(ipv6Bytes(expand(source)), ipv6Bytes(expand(destination))),
    payload,
  ]);

/** RFC 768, without a checksum: IPv4 alone takes that. */
export const udp = (sourcePort: number, destinationPort: number, payload: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat([words(sourcePort, destinationPort, 8 + payload.length, 0), payload]);

/** RFC 8200 section 8.1: what the packet is about is in the checksum. `at`: where in the payload that is. */
export function withChecksum(source: string, destination: string, next: number, payload: Buffer, at: number): Buffer {
  const pseudo = Buffer.concat([hex(ipv6Bytes(expand(source)), ipv6Bytes(expand(destination))), words(0, payload.length, 0, next)]);
  const padded = Buffer.concat([pseudo, payload, Buffer.alloc(payload.length % 2)]);
  const summed = Buffer.from(payload);
  summed.write(internetChecksum(padded), at, 'hex');
  return summed;
}

/** A whole packet of ICMPv6 (RFC 4443). */
export const icmpv6 = (source: string, destination: string, type: number, body: Buffer): Buffer =>
  ipv6(
    source,
    destination,
    protocols.icmpv6,
    withChecksum(source, destination, protocols.icmpv6, Buffer.concat([Buffer.of(type, 0, 0, 0), body]), 2),
  );

/** A whole packet of UDP over IPv6. */
export const udpOverIpv6 = (source: string, destination: string, ports: [number, number], payload: Buffer = Buffer.alloc(0)): Buffer =>
  ipv6(source, destination, protocols.udp, withChecksum(source, destination, protocols.udp, udp(...ports, payload), 6));

/** An answer, or a question (RFC 826), of who says to have MAC and address; `hardware`: the kind of link. */
export const arp = (operation: 'question' | 'answer', mac: string, source: string, target: string, hardware = 1): Buffer =>
  Buffer.concat([
    words(hardware, types.ipv4, 0x0604, operation === 'question' ? 1 : 2),
    hex(mac, ipv4Bytes(source), '000000000000', ipv4Bytes(target)),
  ]);

/** An option of neighbour discovery with a MAC address: 1 its sender's, 2 the target's (RFC 4861 section 4.6.1). */
export const linkLayerOption = (kind: 1 | 2, mac: string): Buffer => Buffer.concat([Buffer.of(kind, 1), hex(mac)]);

export const ipv6Address = (address: string): Buffer => hex(ipv6Bytes(expand(address)));

/** RFC 7348 section 5. */
export const vxlan = (vni: number, frame: Buffer): Buffer => {
  const header = Buffer.alloc(8);
  header.writeUInt8(8, 0);
  header.writeUIntBE(vni, 4, 3);
  return Buffer.concat([header, frame]);
};

/** All eight groups. */
function expand(address: string): string {
  const [head = '', tail] = address.split('::');
  if (tail === undefined) return address;
  const [before, after] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const left = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  return [...(before ?? []), ...Array.from({ length: left }, () => '0'), ...(after ?? [])].join(':');
}
