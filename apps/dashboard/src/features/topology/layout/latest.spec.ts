import { expect, it } from 'vitest';
import { Latest } from './latest';

it('forgets what was neither set nor read for longest', () => {
  const latest = new Latest<number>(2);
  latest.set('a', 1);
  latest.set('b', 2);
  expect(latest.get('a')).toBe(1);
  latest.set('c', 3);
  expect(['a', 'b', 'c'].map((key) => latest.get(key))).toEqual([1, undefined, 3]);
  latest.set('a', 4);
  expect(['a', 'b', 'c'].map((key) => latest.get(key))).toEqual([4, undefined, 3]);
});
