export interface UncheckedObject {
  kind: 'router' | 'network' | 'sandbox';
  id: string;
  /** Whether the resolver is to look at what it has in the sandbox too. */
  withNames: boolean;
}

/** Objects that are to be compared with the kernel when there is time; each stands in the line once. */
export class Unchecked {
  readonly #objects = new Map<string, UncheckedObject>();

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  add(kind: UncheckedObject['kind'], id: string, withNames = false): void {
    this.#objects.set(id, { kind, id, withNames: withNames || (this.#objects.get(id)?.withNames ?? false) });
  }

  /** The first of them, which leave the line. */
  take(limit: number): UncheckedObject[] {
    const taken = [...this.#objects.values()].slice(0, limit);
    for (const { id } of taken) this.#objects.delete(id);
    return taken;
  }
}
