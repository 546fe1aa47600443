import { describe, expect, it } from 'vitest';
import { Unchecked } from './unchecked';

describe('the line of what is to be looked at', () => {
  it('has each object once, as thoroughly as anybody has asked', () => {
    const line = new Unchecked();
    line.add('sandbox', 'a', true);
    line.add('network', 'b');
    line.add('sandbox', 'a');
    expect(line.take(5)).toEqual([
      { kind: 'sandbox', id: 'a', isThorough: true },
      { kind: 'network', id: 'b', isThorough: false },
    ]);
    expect(line.isEmpty).toBe(true);
  });

  it('gives few routers at once that are to be looked through, and at least one', () => {
    const line = new Unchecked();
    for (const id of ['r1', 'r2', 'r3']) line.add('router', id, true);
    for (const id of ['n1', 'n2']) line.add('network', id);
    expect(line.take(5).map(({ id }) => id)).toEqual(['r1']);
    expect(line.take(7).map(({ id }) => id)).toEqual(['r2', 'r3']);
    expect(line.take(5).map(({ id }) => id)).toEqual(['n1', 'n2']);
  });
});
