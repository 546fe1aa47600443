import { Address } from './address';

const macPattern = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** An Ethernet (EUI-48) address, as a value. */
export class Mac {
  private constructor(private readonly text: string) {}

  /** Reads six hexadecimal bytes joined by colons, in either case; undefined for anything else. */
  static parse(text: string): Mac | undefined {
    const lower = text.toLowerCase();
    return macPattern.test(lower) ? new Mac(lower) : undefined;
  }

  /** Throws RangeError unless there are six bytes. */
  static of(bytes: ArrayLike<number>): Mac {
    const mac = Mac.parse(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':'));
    if (!mac) throw new RangeError(`${Array.from(bytes).join(' ')} is no MAC address`);
    return mac;
  }

  /** A locally administered address that follows from the IPv4 address, so that an address that comes back brings its MAC with it. Throws RangeError for IPv6. */
  static forAddress(address: Address): Mac {
    if (address.family !== 'IPv4') throw new RangeError(`${address} is no IPv4 address`);
    return Mac.of([0x02, 0x4e, ...address.toBytes()]);
  }

  /** A locally administered unicast address made of six random bytes. */
  static fromRandom(bytes: ArrayLike<number>): Mac {
    const [first = 0, ...rest] = Array.from(bytes);
    return Mac.of([(first & 0xfc) | 0x02, ...rest]);
  }

  /** The address that a link makes itself of its MAC (modified EUI-64, RFC 4291 appendix A). */
  linkLocal(): Address {
    const [first = 0, ...rest] = this.text.split(':').map((part) => parseInt(part, 16));
    const interfaceId = [first ^ 2, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)];
    return Address.of(
      'IPv6',
      interfaceId.reduce((value, byte) => (value << 8n) | BigInt(byte), 0xfe80_0000_0000_0000n),
    );
  }

  /** Neither multicast nor broadcast (IEEE 802, the first byte's lowest bit), nor all zeros. */
  get isUnicast(): boolean {
    return (Number.parseInt(this.text.slice(0, 2), 16) & 1) === 0 && this.text !== '00:00:00:00:00:00';
  }

  equals(other: Mac): boolean {
    return this.text === other.text;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}
