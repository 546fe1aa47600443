import { describe, expect, it } from 'vitest';
import { freeRouterPort, type PortRow } from './router-ports';

const row = (first: number, count = 1): PortRow => ({ first, count });

describe('a place at a router', () => {
  it.each([
    { name: 'is the host’s port where that is free', taken: [row(80)], wanted: row(8080), want: 8080 },
    { name: 'is another where it is taken', taken: [row(8080)], wanted: row(8080), want: 20000 },
    { name: 'is another where part of a range is', taken: [row(8085)], wanted: row(8080, 10), want: 20000 },
    { name: 'is the lowest that is searched', taken: [row(8080), row(20000), row(20002)], wanted: row(8080), want: 20001 },
    { name: 'is a gap that is wide enough', taken: [row(8080, 3), row(20000), row(20002)], wanted: row(8080, 2), want: 20003 },
    { name: 'is below when nothing above is free', taken: [row(8080), row(20000, 45536)], wanted: row(8080), want: 8081 },
    { name: 'is the very first when all else is taken', taken: [row(2, 65534)], wanted: row(8080), want: 1 },
    { name: 'is none when all are taken', taken: [row(1, 65535)], wanted: row(8080), want: undefined },
  ])('$name', ({ taken, wanted, want }) => {
    expect(freeRouterPort(taken, wanted)).toBe(want);
  });
});
