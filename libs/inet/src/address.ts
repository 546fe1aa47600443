import ipaddr from 'ipaddr.js';

export type Family = 'IPv4' | 'IPv6';

/** How many bits an address of the family has. */
export const addressBits = (family: Family): number => (family === 'IPv4' ? 32 : 128);

const ipv4Pattern = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;

/** One IP address, as a value. */
export class Address {
  private constructor(
    readonly family: Family,
    /** The address as a number. */
    readonly value: bigint,
  ) {}

  /** Throws RangeError when the number is no address of the family. */
  static of(family: Family, value: bigint): Address {
    if (value < 0n || value >= 1n << BigInt(addressBits(family))) throw new RangeError(`${value} is no ${family} address`);
    return new Address(family, value);
  }

  /**
   * Reads dotted IPv4 (four decimal numbers without leading zeros) or IPv6 (RFC 4291 section 2.2). Undefined for anything else: octal, short forms,
   * zone ids, prefix lengths, blanks.
   */
  static parse(text: string): Address | undefined {
    if (ipv4Pattern.test(text)) {
      const bytes = text.split('.').map(Number);
      return bytes.every((byte) => byte <= 255) ? new Address('IPv4', fromBytes(bytes)) : undefined;
    }
    if (!text.includes(':') || text.includes('%') || !/^[0-9A-Fa-f:.]+$/.test(text) || !ipaddr.IPv6.isValid(text)) return undefined;
    const dotted = /[^:]*\..*$/.exec(text)?.[0];
    if (dotted !== undefined && Address.parse(dotted) === undefined) return undefined;
    return new Address('IPv6', fromBytes(ipaddr.IPv6.parse(text).toByteArray()));
  }

  /** The address that many further on; throws RangeError beyond the family's last one. */
  plus(count: bigint | number): Address {
    return Address.of(this.family, this.value + BigInt(count));
  }

  /** Negative, zero or positive; IPv4 comes before IPv6. */
  compare(other: Address): number {
    if (this.family !== other.family) return this.family === 'IPv4' ? -1 : 1;
    return this.value < other.value ? -1 : this.value > other.value ? 1 : 0;
  }

  equals(other: Address): boolean {
    return this.family === other.family && this.value === other.value;
  }

  /** In network byte order. */
  toBytes(): number[] {
    const bytes: number[] = [];
    for (let shift = addressBits(this.family) - 8; shift >= 0; shift -= 8) bytes.push(Number((this.value >> BigInt(shift)) & 0xffn));
    return bytes;
  }

  /** The canonical text: for IPv6 that of RFC 5952. */
  toString(): string {
    if (this.family === 'IPv4') return this.toBytes().join('.');
    return new ipaddr.IPv6(this.toBytes()).toRFC5952String();
  }

  toJSON(): string {
    return this.toString();
  }
}

const fromBytes = (bytes: number[]): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
