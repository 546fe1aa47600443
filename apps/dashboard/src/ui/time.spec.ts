import { expect, it } from 'vitest';
import { relativeTime } from './time';

const now = Date.UTC(2026, 0, 2, 12);

it.each([
  { name: 'a moment', seconds: -4, want: 'just now' },
  { name: 'under a minute', seconds: -42, want: '42 sec. ago' },
  { name: 'minutes are rounded down', seconds: -119, want: '1 min. ago' },
  { name: 'hours', seconds: -7300, want: '2 hr. ago' },
  { name: 'yesterday', seconds: -86_400, want: 'yesterday' },
])('tells $name as "$want"', ({ seconds, want }) => {
  expect(relativeTime(now + seconds * 1000, now)).toBe(want);
});
