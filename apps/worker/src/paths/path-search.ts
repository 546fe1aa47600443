import type { PathState } from '@netyard/contracts';

/** Passes wherever anything does: what is shorter than this says nothing of the MTU. */
export const smallestBytes = 128;

/** What is known of a path. */
export interface PathResult {
  /** The largest packet that passed; null: none was answered. */
  carriedBytes: number | null;
  /** The largest that was tried. */
  triedBytes: number;
  /** The router that refused larger ones; null: none did, or none was larger. */
  refusedBy: string | null;
}

/** What became of a packet, after all attempts. */
export type Passage =
  | { passed: true }
  | {
      passed: false;
      /** Who said that it is too large, and how large one may be as it says; null: it vanished. */
      refusal: { by: string; mostBytes: number } | null;
    };

/** Looks for the largest packet that passes: the needed size, then whether anything passes, then halves in between; at last the needed size again, so that a spell of loss alarms nobody. */
export interface PathSearch {
  readonly phase: 'whole' | 'small' | 'between' | 'again' | 'done';
  readonly neededBytes: number;
  /** Known to pass, and known not to. */
  readonly low: number | null;
  readonly high: number;
  /** Sizes that are likely, and spare halving: what passed before, or what a router has said; checked before they are believed. */
  readonly guess: number | null;
  readonly refusedBy: string | null;
}

/** `lastCarriedBytes`: what passed the last time. */
export const beginSearch = (neededBytes: number, lastCarriedBytes: number | null): PathSearch => ({
  phase: 'whole',
  neededBytes,
  low: null,
  high: neededBytes,
  guess: lastCarriedBytes,
  refusedBy: null,
});

/** The size to try next, in bytes from the IP header on; null: the search is over. */
export function nextBytes({ phase, neededBytes, low, high, guess }: PathSearch): number | null {
  switch (phase) {
    case 'whole':
    case 'again':
      return neededBytes;
    case 'small':
      return smallestBytes;
    case 'between': {
      const known = low ?? smallestBytes;
      if (guess !== null && guess > known && guess < high) return guess;
      // Where the guess has passed, one byte more closes the search.
      if (guess === known) return known + 1;
      return known + Math.ceil((high - known) / 2);
    }
    case 'done':
      return null;
  }
}

/** The search after what `nextBytes` asked for was tried. */
export function advance(search: PathSearch, passage: Passage): PathSearch {
  const bytes = nextBytes(search);
  if (bytes === null) return search;
  if (passage.passed) {
    if (search.phase === 'whole' || search.phase === 'again') return { ...search, phase: 'done', low: bytes, refusedBy: null };
    return narrowed({ ...search, low: bytes });
  }
  const { refusal } = passage;
  const heard = refusal ? { guess: refusal.mostBytes, refusedBy: refusal.by } : {};
  if (search.phase === 'whole') return { ...search, ...heard, phase: 'small' };
  if (search.phase === 'small' || search.phase === 'again') return { ...search, phase: 'done' };
  return narrowed({ ...search, ...heard, high: bytes });
}

const narrowed = (search: PathSearch): PathSearch => ({
  ...search,
  phase: search.high - (search.low ?? smallestBytes) <= 1 ? 'again' : 'between',
});

export const resultOf = ({ low, neededBytes, refusedBy }: PathSearch): PathResult => ({
  carriedBytes: low,
  triedBytes: neededBytes,
  refusedBy: low === null ? null : refusedBy,
});

/** How the path fares for one who needs so much of it. */
export function stateFor(result: PathResult | undefined, neededBytes: number): PathState {
  if (!result) return 'unmeasured';
  if (result.carriedBytes === null) return 'silent';
  if (result.carriedBytes >= neededBytes) return 'carries';
  // More than was tried, and all of that passed: the next round tries it.
  return result.carriedBytes >= result.triedBytes ? 'unmeasured' : 'drops';
}
