'use client';

import { useSyncExternalStore } from 'react';

/** A join that was made in this tab. */
export interface LastJoin {
  /** The endpoint's id: another one of the same name is another. */
  id: string;
  name: string;
  sandbox: string;
  /** Whether the endpoint was made with it, and goes with it; else it was there before, and stays. */
  isCreated: boolean;
}

let last: LastJoin | null = null;
const listeners = new Set<() => void>();

/** Remembers the join that was made last, for whoever lets it be undone; null forgets it. */
export function noteJoin(join: LastJoin | null): void {
  last = join;
  for (const listener of listeners) listener();
}

export const useLastJoin = (): LastJoin | null =>
  useSyncExternalStore(
    subscribe,
    () => last,
    () => null,
  );

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
