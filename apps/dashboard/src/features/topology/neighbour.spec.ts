import { expect, it } from 'vitest';
import { neighbourOf, type Direction } from './neighbour';

const at = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
const rects = new Map([
  ['middle', at(100, 100)],
  ['right', at(200, 100)],
  ['right and near, aside', at(150, 160)],
  ['up', at(100, 0)],
  ['far up, aside', at(140, -100)],
  ['down', at(90, 300)],
]);

it.each<{ from: string; direction: Direction; want: string | undefined }>([
  { from: 'middle', direction: 'right', want: 'right' },
  { from: 'middle', direction: 'up', want: 'up' },
  { from: 'middle', direction: 'down', want: 'right and near, aside' },
  { from: 'middle', direction: 'left', want: 'down' },
  { from: 'right', direction: 'right', want: undefined },
  { from: 'gone', direction: 'right', want: undefined },
])('$direction of $from is $want', ({ from, direction, want }) => {
  expect(neighbourOf(rects, from, direction)).toBe(want);
});
