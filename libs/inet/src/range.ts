import { Address, type Family } from './address';

/** Consecutive addresses of one family, both ends included. */
export class AddressRange {
  private constructor(
    readonly first: Address,
    readonly last: Address,
  ) {}

  /** Throws RangeError when the ends are of two families or in the wrong order. */
  static of(first: Address, last: Address): AddressRange {
    if (first.family !== last.family || first.compare(last) > 0) throw new RangeError(`${first} to ${last} is no range of addresses`);
    return new AddressRange(first, last);
  }

  get family(): Family {
    return this.first.family;
  }

  /** How many addresses it has. */
  get size(): bigint {
    return this.last.value - this.first.value + 1n;
  }

  contains(address: Address): boolean {
    return address.family === this.family && this.first.compare(address) <= 0 && address.compare(this.last) <= 0;
  }

  overlaps(other: AddressRange): boolean {
    return this.family === other.family && this.first.compare(other.last) <= 0 && other.first.compare(this.last) <= 0;
  }

  /** What both have; undefined when that is nothing. */
  intersect(other: AddressRange): AddressRange | undefined {
    if (!this.overlaps(other)) return undefined;
    return new AddressRange(
      this.first.compare(other.first) > 0 ? this.first : other.first,
      this.last.compare(other.last) < 0 ? this.last : other.last,
    );
  }

  /** What is left without the other: none, one or two ranges, ascending. */
  without(other: AddressRange): AddressRange[] {
    if (!this.overlaps(other)) return [this];
    const rest: AddressRange[] = [];
    if (this.first.compare(other.first) < 0) rest.push(new AddressRange(this.first, other.first.plus(-1)));
    if (other.last.compare(this.last) < 0) rest.push(new AddressRange(other.last.plus(1), this.last));
    return rest;
  }

  toString(): string {
    return `${this.first}-${this.last}`;
  }
}
