import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Address } from './address';

describe('Address.parse', () => {
  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['192.0.2.255', '192.0.2.255'],
    ['2001:DB8::0001', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ])('reads %s as %s', (text, want) => {
    expect(Address.parse(text)?.toString()).toBe(want);
  });

  it.each([
    '',
    '1',
    '1.2.3',
    '01.2.3.4',
    '0x1.2.3.4',
    '1.2.3.256',
    '1.2.3.4 ',
    '1.2.3.4/24',
    'fe80::1%eth0',
    '2001:db8',
    ':::',
    '1::2::3',
    '::1/64',
    '::01.2.3.4',
    'localhost',
    '1.2.3.4\n',
  ])('refuses %j', (text) => {
    expect(Address.parse(text)).toBeUndefined();
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 128n) - 1n), (value) => {
        const [six, four] = [Address.of('IPv6', value), Address.of('IPv4', value & 0xffffffffn)];
        expect(Address.parse(six.toString())?.value).toBe(six.value);
        expect(Address.parse(four.toString())?.value).toBe(four.value);
      }),
    );
  });
});

it('does not go beyond the last address', () => {
  expect(() => Address.parse('255.255.255.255')?.plus(1)).toThrow(RangeError);
});
