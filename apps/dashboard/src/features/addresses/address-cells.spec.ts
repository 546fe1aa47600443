import { describe, expect, it } from 'vitest';
import { cellsOf, partBeside, partOf } from './address-cells';

describe('the part of a subnet that is shown', () => {
  it.each([
    { name: 'all of a small one', in: ['192.0.2.0/26', null] as const, want: '192.0.2.0/26' },
    { name: 'the first of a large one', in: ['10.0.0.0/16', null] as const, want: '10.0.0.0/24' },
    { name: 'the one that is asked for', in: ['10.0.0.0/16', '10.0.7.0/24'] as const, want: '10.0.7.0/24' },
    { name: 'the first, for one that is elsewhere', in: ['10.0.0.0/16', '192.0.2.0/24'] as const, want: '10.0.0.0/24' },
    { name: 'none of IPv6', in: ['2001:db8::/64', null] as const, want: undefined },
    { name: 'none of what is no prefix', in: ['here', null] as const, want: undefined },
  ])('is $name', ({ in: [cidr, within], want }) => {
    expect(partOf(cidr, within)).toBe(want);
  });

  it('has others beside it, within the subnet', () => {
    const beside = (part: string) => [partBeside('10.0.0.0/23', part, -1), partBeside('10.0.0.0/23', part, 1)];
    expect(beside('10.0.0.0/24')).toEqual([undefined, '10.0.1.0/24']);
    expect(beside('10.0.1.0/24')).toEqual(['10.0.0.0/24', undefined]);
  });
});

it('has a cell for every address', () => {
  const base = { subnet: '192.0.2.0/29', holder: null };
  const cells = cellsOf([
    { ...base, first: '192.0.2.0', last: '192.0.2.0', count: 1, state: 'unusable' },
    { ...base, first: '192.0.2.1', last: '192.0.2.3', count: 3, state: 'free' },
  ]);
  expect(cells.map(({ address, short, state }) => `${address} ${short} ${state}`)).toEqual([
    '192.0.2.0 .0 unusable',
    '192.0.2.1 .1 free',
    '192.0.2.2 .2 free',
    '192.0.2.3 .3 free',
  ]);
});
