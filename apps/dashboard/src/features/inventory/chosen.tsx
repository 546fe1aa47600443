'use client';

import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from 'react';

/** Rows that are chosen together, by id. Kept apart from the table: choosing one row renders that row alone. */
export class Chosen {
  #ids: ReadonlySet<string> = new Set();
  readonly #listeners = new Set<() => void>();

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(ids: Iterable<string>, isChosen: boolean): void {
    const next = new Set(this.#ids);
    for (const id of ids)
      if (isChosen) next.add(id);
      else next.delete(id);
    this.#ids = next;
    for (const listener of this.#listeners) listener();
  }

  clear(): void {
    this.set(this.#ids, false);
  }
}

const ChosenContext = createContext<Chosen>(new Chosen());

/** One choice of rows for all that is within. */
export function ChosenProvider({ children }: { children: ReactNode }) {
  const [chosen] = useState(() => new Chosen());
  return <ChosenContext value={chosen}>{children}</ChosenContext>;
}

export const useChosen = (): Chosen => useContext(ChosenContext);

/** Whether one row is chosen. */
export function useIsChosen(id: string): boolean {
  const chosen = useChosen();
  const read = () => chosen.ids.has(id);
  return useSyncExternalStore(chosen.subscribe, read, read);
}

/** All that are chosen. */
export function useChosenIds(): ReadonlySet<string> {
  const chosen = useChosen();
  const read = () => chosen.ids;
  return useSyncExternalStore(chosen.subscribe, read, read);
}
