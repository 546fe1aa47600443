import { Address, Prefix } from '@netyard/inet';
import type { KeyType } from './ruleset';

/** `raw24`, `raw128`: 3 or 16 bytes of a packet, as the number that they are (`0x…`). */
export type ElementType = KeyType | 'raw24' | 'raw128';

const lengths: Record<ElementType, number> = {
  ipv4_addr: 4,
  ipv6_addr: 16,
  ifname: 16,
  inet_service: 2,
  inet_proto: 1,
  ether_addr: 6,
  mark: 4,
  raw24: 3,
  raw128: 16,
};
const protocolNumbers: Record<string, number> = { tcp: 6, udp: 17, sctp: 132 };
const protocolNames = new Map(Object.entries(protocolNumbers).map(([name, number]) => [number, name]));

/**
 * The bytes of a key or value; in a concatenation each part begins at a multiple of 4 bytes. `end`: which address of a prefix. Throws TypeError for a part that is
 * none of its type.
 */
export function encodeParts(types: readonly ElementType[], parts: readonly string[], end: 'first' | 'last'): Buffer {
  if (types.length !== parts.length) throw new TypeError(`${parts.join(' . ')} is no ${types.join(' . ')}`);
  const encoded = types.map((type, index) => encodePart(type, parts[index] ?? '', end));
  if (encoded.length === 1) return encoded[0] ?? Buffer.alloc(0);
  return Buffer.concat(encoded.map((part) => Buffer.concat([part, Buffer.alloc(-part.length & 3)])));
}

/** What `encodeParts` was given; `last` is the other end of an interval. */
export function decodeParts(types: readonly ElementType[], first: Buffer, last?: Buffer): string[] {
  let at = 0;
  return types.map((type) => {
    const from = at;
    const to = from + lengths[type];
    at = (to + 3) & ~3;
    const part = first.subarray(from, to);
    const end = last?.subarray(from, to);
    return end === undefined || part.equals(end) ? decodePart(type, part) : decodePrefix(type, part, end);
  });
}

function encodePart(type: ElementType, part: string, end: 'first' | 'last'): Buffer {
  switch (type) {
    case 'ipv4_addr':
    case 'ipv6_addr': {
      const range = Address.parse(part) ?? Prefix.parse(part);
      if (!range) throw new TypeError(`${part} is no ${type}`);
      return Buffer.from((range instanceof Address ? range : range[end]).toBytes());
    }
    case 'ifname': {
      const name = Buffer.alloc(16);
      if (name.write(part) > 15 || part === '') throw new TypeError(`${part} is no name of a link`);
      return name;
    }
    case 'inet_service': {
      const port = Buffer.alloc(2);
      port.writeUInt16BE(Number(part));
      return port;
    }
    case 'inet_proto': {
      const number = protocolNumbers[part] ?? Number(part);
      if (!(number >= 0 && number <= 255)) throw new TypeError(`${part} is no protocol`);
      return Buffer.of(number);
    }
    case 'ether_addr':
      return Buffer.from(part.split(':').map((byte) => parseInt(byte, 16)));
    case 'mark': {
      const mark = Buffer.alloc(4);
      mark.writeUInt32LE(Number(part));
      return mark;
    }
    case 'raw24':
    case 'raw128':
      return Buffer.from(part.replace(/^0x/, '').padStart(2 * lengths[type], '0'), 'hex');
  }
}

function decodePart(type: ElementType, part: Buffer): string {
  switch (type) {
    case 'ipv4_addr':
      return part.join('.');
    case 'ipv6_addr':
      return addressOf(part).toString();
    case 'ifname':
      return part.toString('utf8').replace(/\0+$/, '');
    case 'inet_service':
      return String(part.readUInt16BE());
    case 'inet_proto':
      return protocolNames.get(part.readUInt8()) ?? String(part.readUInt8());
    case 'ether_addr':
      return part.toString('hex').replace(/..(?!$)/g, '$&:');
    case 'mark':
      return String(part.readUInt32LE());
    case 'raw24':
    case 'raw128':
      return `0x${part.toString('hex')}`;
  }
}

const addressOf = (part: Buffer): Address => Address.of(part.length === 4 ? 'IPv4' : 'IPv6', BigInt(`0x${part.toString('hex')}`));

/** The prefix with these ends; what is none is shown as a range. */
function decodePrefix(type: ElementType, first: Buffer, last: Buffer): string {
  if (type !== 'ipv4_addr' && type !== 'ipv6_addr') return `${decodePart(type, first)}-${decodePart(type, last)}`;
  const [from, to] = [addressOf(first), addressOf(last)];
  const hostBits = (to.value - from.value).toString(2).length;
  const prefix = Prefix.containing(from, first.length * 8 - hostBits);
  return prefix.first.equals(from) && prefix.last.equals(to) ? prefix.toString() : `${from}-${to}`;
}
