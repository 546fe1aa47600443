import { Address, Prefix } from '@netyard/inet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutPrefixes, idsAt } from './address-cuts';

const prefixes = (...texts: string[]) =>
  texts.flatMap((text, id) => (Prefix.parse(text) ? [{ prefix: Prefix.parse(text) as Prefix, id }] : []));
const shown = (...texts: string[]): string[] => cutPrefixes('IPv4', prefixes(...texts)).map(({ range, ids }) => `${range} ${ids.join()}`);

describe('prefixes cut into ranges', () => {
  test.each([
    { name: 'one', in: ['10.0.0.0/8'], want: ['10.0.0.0-10.255.255.255 0'] },
    {
      name: 'one in another',
      in: ['10.0.0.0/24', '10.0.0.64/26'],
      want: ['10.0.0.0-10.0.0.63 0', '10.0.0.64-10.0.0.127 0,1', '10.0.0.128-10.0.0.255 0'],
    },
    { name: 'neighbours', in: ['10.0.0.0/25', '10.0.0.128/25'], want: ['10.0.0.0-10.0.0.127 0', '10.0.0.128-10.0.0.255 1'] },
    {
      name: 'everything',
      in: ['0.0.0.0/0', '255.255.255.255/32'],
      want: ['0.0.0.0-255.255.255.254 0', '255.255.255.255-255.255.255.255 0,1'],
    },
    { name: 'another family', in: ['2001:db8::/32'], want: [] },
  ])('$name', ({ in: texts, want }) => {
    expect(shown(...texts)).toEqual(want);
  });

  test('tell for every address which prefixes it lies in', () => {
    const prefix = fc
      .tuple(fc.nat(255), fc.integer({ min: 0, max: 8 }))
      .map(([last, bits]) => Prefix.containing(Address.of('IPv4', 0x0a000000n + BigInt(last)), 24 + bits));
    fc.assert(
      fc.property(fc.array(fc.tuple(prefix, fc.nat(3)), { maxLength: 12 }), (made) => {
        const own = made.map(([prefix, id]) => ({ prefix, id }));
        const cuts = cutPrefixes('IPv4', own);
        for (let last = 0n; last < 256n; last++) {
          const address = Address.of('IPv4', 0x0a000000n + last);
          const ids = [...new Set(own.filter(({ prefix }) => prefix.contains(address)).map(({ id }) => id))].sort();
          expect(idsAt(cuts, address)).toEqual(ids);
        }
      }),
      { numRuns: 50 },
    );
  });
});
