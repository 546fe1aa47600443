import { expect, it } from 'vitest';
import { Pace } from './pace';

it.each([
  { name: 'rare ones at once', in: [0, 5_000, 10_000], want: [0, 0, 0] },
  { name: 'a few together at once', in: [0, 1, 2], want: [0, 0, 0] },
  { name: 'more of them after an interval', in: [0, 1, 2, 3, 3], want: [0, 0, 0, 997, 997] },
  { name: 'those again that have waited', in: [0, 0, 0, 0, 1_000, 1_000], want: [0, 0, 0, 1_000, 0, 1_000] },
  { name: 'as many as before after a rest', in: [0, 0, 0, 0, 9_000, 9_000, 9_000, 9_000], want: [0, 0, 0, 1_000, 0, 0, 0, 1_000] },
])('lets go $name', ({ in: times, want }) => {
  const pace = new Pace({ burst: 3, intervalMs: 1_000 });
  expect(times.map((nowMs) => pace.waitMs('one', nowMs))).toEqual(want);
});

it('counts each key for itself, however many there are', () => {
  const pace = new Pace({ burst: 1, intervalMs: 1_000 });
  for (let key = 0; key < 3_000; key++) expect(pace.waitMs(key, key)).toBe(0);
  expect(pace.waitMs(2_999, 3_000)).toBe(999);
  expect(pace.waitMs(0, 3_000)).toBe(0);
});
