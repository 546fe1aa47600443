import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Address } from './address';
import { Mac } from './mac';
import { parseInterface, Prefix } from './prefix';
import { AddressRange } from './range';

const prefix = (text: string): Prefix => {
  const parsed = Prefix.parse(text);
  if (!parsed) throw new Error(`${text} is no prefix`);
  return parsed;
};

const anyPrefix = fc.tuple(fc.boolean(), fc.bigInt(0n, (1n << 128n) - 1n), fc.nat(128)).map(([four, value, length]) => {
  const [family, bits] = four ? (['IPv4', 32] as const) : (['IPv6', 128] as const);
  return Prefix.containing(Address.of(family, BigInt.asUintN(bits, value)), Math.min(length, bits));
});

describe('Prefix', () => {
  it.each(['10.0.0.1/24', '10.0.0.0/33', '10.0.0.0', '10.0.0.0/024', '10.0.0.0/-1', '2001:db8::1/64', '::/129', '/24', '10.0.0.0/24/24'])(
    'refuses %s',
    (text) => {
      expect(Prefix.parse(text)).toBeUndefined();
    },
  );

  it('knows its ends and its size', () => {
    expect([prefix('192.0.2.128/25').last.toString(), prefix('192.0.2.128/25').size]).toEqual(['192.0.2.255', 128n]);
    expect([prefix('0.0.0.0/0').size, prefix('2001:db8::/64').last.toString()]).toEqual([1n << 32n, '2001:db8::ffff:ffff:ffff:ffff']);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(anyPrefix, (value) => {
        expect(Prefix.parse(value.toString())?.equals(value)).toBe(true);
      }),
    );
  });

  it('overlaps as its range does, and only by containing', () => {
    fc.assert(
      fc.property(anyPrefix, anyPrefix, (a, b) => {
        expect(a.overlaps(b)).toBe(a.range.overlaps(b.range));
        expect(a.overlaps(b)).toBe(a.contains(b) || b.contains(a));
      }),
    );
  });
});

it('reads the address of an interface', () => {
  expect(parseInterface('10.0.0.5/24')?.address.toString()).toBe('10.0.0.5');
  expect(parseInterface('10.0.0.5')).toBeUndefined();
});

it('cuts a range out of another', () => {
  const ends = fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => {
    const at = (offset: number) => Address.of('IPv4', BigInt(offset));
    return AddressRange.of(at(Math.min(a, b)), at(Math.max(a, b)));
  });
  fc.assert(
    fc.property(ends, ends, fc.nat(200), (a, b, offset) => {
      const address = Address.of('IPv4', BigInt(offset));
      expect(a.without(b).some((rest) => rest.contains(address))).toBe(a.contains(address) && !b.contains(address));
      expect(a.intersect(b)?.contains(address) ?? false).toBe(a.contains(address) && b.contains(address));
    }),
  );
});

describe('Mac', () => {
  it('follows from an IPv4 address', () => {
    const address = Address.parse('10.10.0.2');
    expect(address && Mac.forAddress(address).toString()).toBe('02:4e:0a:0a:00:02');
  });

  it('is unicast and locally administered when random', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
        expect(Mac.fromRandom(bytes).isUnicast).toBe(true);
      }),
    );
  });

  it.each([
    ['02:00:00:00:00:0A', true],
    ['01:00:5e:00:00:01', false],
    ['ff:ff:ff:ff:ff:ff', false],
    ['00:00:00:00:00:00', false],
  ])('%s is unicast: %s', (text, want) => {
    expect(Mac.parse(text)?.isUnicast).toBe(want);
  });

  it.each(['02-00-00-00-00-01', '02:00:00:00:00', '2:0:0:0:0:1', '02:00:00:00:00:0g'])('refuses %s', (text) => {
    expect(Mac.parse(text)).toBeUndefined();
  });
});
