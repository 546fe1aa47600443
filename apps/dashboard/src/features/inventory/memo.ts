/** Keeps what was made of an object as long as the object, and the rest that it was made of, are the same ones. What is made must depend on nothing else. */
export class Memo<Key extends object, Value> {
  readonly #kept = new WeakMap<Key, { rest: readonly unknown[]; value: Value }>();

  of(key: Key, rest: readonly unknown[], make: () => Value): Value {
    const kept = this.#kept.get(key);
    if (kept && sameItems(kept.rest, rest)) return kept.value;
    const value = make();
    this.#kept.set(key, { rest, value });
    return value;
  }
}

/** Whether two lists have the very same things in the same order. */
export const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || (a.length === b.length && a.every((item, index) => item === b[index]));

/** The list that was there before, where the new one has the same in it: whoever compares lists sees that nothing is new. */
export const keptList = <Item>(before: readonly Item[] | undefined, now: readonly Item[]): readonly Item[] =>
  before && sameItems(before, now) ? before : now;
