import { describe, expect, it } from 'vitest';
import { facetOf, facetValues, filterText, matchesFilter, toggleWord, withFacet } from './filter';

const row = filterText(['a-web', '192.0.2.7', 'fd00:7::2', null], { status: 'Failing', host: 'lab-1', sandbox: undefined });

describe('matchesFilter', () => {
  it.each([
    { filter: '', want: true },
    { filter: 'A-WEB', want: true },
    { filter: '192.0.2 web', want: true },
    { filter: 'status:failing host:lab-1', want: true },
    { filter: 'status:ready', want: false },
    { filter: 'web host:lab-2', want: false },
    { filter: 'host:lab', want: false },
    { filter: 'sandbox:a', want: false },
    { filter: 'fd00:7::', want: true },
  ])('"$filter" → $want', ({ filter, want }) => {
    expect(matchesFilter(row, filter)).toBe(want);
  });
});

describe('toggleWord', () => {
  it.each([
    { filter: '', want: 'status:failing' },
    { filter: 'web', want: 'web status:failing' },
    { filter: 'web  status:failing', want: 'web' },
  ])('"$filter" → "$want"', ({ filter, want }) => {
    expect(toggleWord(filter, 'status:failing')).toBe(want);
  });
});

describe('a facet', () => {
  it('has the values that occur, with how often', () => {
    const rows = [['team=blue', 'tier'], ['team=blue'], []].map((label) => filterText(['x'], { driver: 'bridge', label }));
    expect([...facetValues(rows, 'label')]).toEqual([
      ['team=blue', 2],
      ['tier', 1],
    ]);
  });

  it.each([
    { filter: 'web', value: 'lab-1', want: 'web host:lab-1' },
    { filter: 'host:lab-2 web', value: 'lab-1', want: 'web host:lab-1' },
    { filter: 'web host:lab-1', value: null, want: 'web' },
  ])('"$filter" with $value is "$want"', ({ filter, value, want }) => {
    expect(withFacet(filter, 'host', value)).toBe(want);
    expect(facetOf(want, 'host')).toBe(value);
  });
});
