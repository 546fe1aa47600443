import { NLA_F_NESTED, NLA_TYPE_MASK } from './constants';

/** A netlink attribute: a type with bytes, or with attributes nested inside. Source: include/uapi/linux/netlink.h, struct nlattr. */
export interface Attribute {
  type: number;
  value: Buffer | Attribute[];
}

const headerBytes = 4;
const aligned = (length: number): number => (length + 3) & ~3;

export const bytes = (type: number, value: Buffer): Attribute => ({ type, value });
export const nested = (type: number, value: Attribute[]): Attribute => ({ type, value });
export const flag8 = (type: number, value: boolean): Attribute => ({ type, value: Buffer.of(value ? 1 : 0) });

export function uint32(type: number, value: number): Attribute {
  const buffer = Buffer.allocUnsafe(4);
  buffer.writeUInt32LE(value >>> 0);
  return { type, value: buffer };
}

export function uint16(type: number, value: number): Attribute {
  const buffer = Buffer.allocUnsafe(2);
  buffer.writeUInt16LE(value);
  return { type, value: buffer };
}

/** A zero-terminated string. */
export const text = (type: number, value: string): Attribute => ({ type, value: Buffer.from(`${value}\0`) });

/** Attributes as the kernel reads them: host byte order (little endian on every platform that Node's binaries support here), each aligned to 4 bytes. */
export function encodeAttributes(attributes: readonly Attribute[]): Buffer {
  const parts: Buffer[] = [];
  for (const { type, value } of attributes) {
    const inner = Array.isArray(value) ? encodeAttributes(value) : value;
    const length = headerBytes + inner.length;
    const buffer = Buffer.alloc(aligned(length));
    buffer.writeUInt16LE(length, 0);
    buffer.writeUInt16LE(Array.isArray(value) ? type | NLA_F_NESTED : type, 2);
    inner.copy(buffer, headerBytes);
    parts.push(buffer);
  }
  return Buffer.concat(parts);
}

/**
 * The attributes in `buffer` by type; of several with one type the last. The bytes are views, valid as long as `buffer` is. Stops at the first malformed one.
 * A link has some fifty, and making views is most of the work of reading one: `wanted` leaves out the others.
 */
export function decodeAttributes(buffer: Buffer, wanted?: ReadonlySet<number>): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  for (let at = 0; at + headerBytes <= buffer.length;) {
    const length = buffer.readUInt16LE(at);
    if (length < headerBytes || at + length > buffer.length) break;
    const type = buffer.readUInt16LE(at + 2) & NLA_TYPE_MASK;
    if (wanted === undefined || wanted.has(type)) attributes.set(type, buffer.subarray(at + headerBytes, at + length));
    at += aligned(length);
  }
  return attributes;
}

/** The attributes in `buffer` in their order, for lists whose entries share a type or count it up. The bytes are views. Stops at the first malformed one. */
export function decodeAttributeList(buffer: Buffer): { type: number; value: Buffer }[] {
  const attributes: { type: number; value: Buffer }[] = [];
  for (let at = 0; at + headerBytes <= buffer.length;) {
    const length = buffer.readUInt16LE(at);
    if (length < headerBytes || at + length > buffer.length) break;
    attributes.push({ type: buffer.readUInt16LE(at + 2) & NLA_TYPE_MASK, value: buffer.subarray(at + headerBytes, at + length) });
    at += aligned(length);
  }
  return attributes;
}

/** The text of a zero-terminated attribute. */
export const decodeText = (value: Buffer | undefined): string | undefined =>
  value && value.toString('utf8', 0, value.at(-1) === 0 ? value.length - 1 : value.length);
