import { describe, expect, it } from 'vitest';
import { filterText, matchesFilter, toggleWord } from './filter';

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
