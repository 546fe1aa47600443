import { describe, expect, it } from 'vitest';
import { pathText } from './path-text';

describe('pathText', () => {
  it.each([
    { state: 'carries', carriedBytes: 1500, refusedBy: null, want: 'ready: carries the 1500 bytes that it needs' },
    {
      state: 'drops',
      carriedBytes: 1400,
      refusedBy: '192.0.2.254',
      want: 'warning: carries 1400 bytes of the 1500 that it needs: 192.0.2.254 refuses larger packets',
    },
    {
      state: 'drops',
      carriedBytes: 1400,
      refusedBy: null,
      want: 'warning: carries 1400 bytes of the 1500 that it needs: larger packets vanish',
    },
    {
      state: 'silent',
      carriedBytes: null,
      refusedBy: null,
      want: 'unknown: needs 1500 bytes; what it carries is not known: no echo request is answered',
    },
    { state: 'unmeasured', carriedBytes: null, refusedBy: null, want: 'pending: needs 1500 bytes; not measured yet' },
  ] as const)('tells of a path that $state', ({ want, ...path }) => {
    const { tone, text } = pathText({ neededBytes: 1500, ...path });
    expect(`${tone}: ${text}`).toBe(want);
  });
});
