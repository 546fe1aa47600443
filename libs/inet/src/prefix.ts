import { Address, addressBits, type Family } from './address';
import { AddressRange } from './range';

/** A network prefix: an address without host bits, and a length in bits. */
export class Prefix {
  private constructor(
    /** The lowest address. */
    readonly first: Address,
    readonly length: number,
  ) {}

  /** Throws RangeError when the address has host bits or the length does not suit its family. */
  static of(first: Address, length: number): Prefix {
    const bits = addressBits(first.family);
    if (!Number.isInteger(length) || length < 0 || length > bits) throw new RangeError(`/${length} is no ${first.family} prefix length`);
    const prefix = Prefix.containing(first, length);
    if (!prefix.first.equals(first)) throw new RangeError(`${first}/${length} has host bits`);
    return prefix;
  }

  /** The prefix of that length which the address lies in. */
  static containing(address: Address, length: number): Prefix {
    const hostBits = BigInt(addressBits(address.family) - length);
    return new Prefix(Address.of(address.family, (address.value >> hostBits) << hostBits), length);
  }

  /** Reads `address/length` without host bits; undefined for anything else. */
  static parse(text: string): Prefix | undefined {
    const parsed = parseInterface(text);
    if (!parsed) return undefined;
    const prefix = Prefix.containing(parsed.address, parsed.prefixLength);
    return prefix.first.equals(parsed.address) ? prefix : undefined;
  }

  get family(): Family {
    return this.first.family;
  }

  get last(): Address {
    return this.first.plus(this.size - 1n);
  }

  /** How many addresses it has. */
  get size(): bigint {
    return 1n << BigInt(addressBits(this.family) - this.length);
  }

  get range(): AddressRange {
    return AddressRange.of(this.first, this.last);
  }

  contains(other: Address | Prefix): boolean {
    if (other instanceof Prefix) return other.length >= this.length && this.contains(other.first);
    return other.family === this.family && Prefix.containing(other, this.length).first.equals(this.first);
  }

  overlaps(other: Prefix): boolean {
    return this.contains(other.first) || other.contains(this.first);
  }

  equals(other: Prefix): boolean {
    return this.length === other.length && this.first.equals(other.first);
  }

  /** `address/length`, canonical. */
  toString(): string {
    return `${this.first}/${this.length}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Reads `address/length`, host bits and all, as an interface has it; undefined for anything else. */
export function parseInterface(text: string): { address: Address; prefixLength: number } | undefined {
  const match = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const address = Address.parse(match?.[1] ?? '');
  const prefixLength = Number(match?.[2]);
  return address && prefixLength <= addressBits(address.family) ? { address, prefixLength } : undefined;
}
