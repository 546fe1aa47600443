export interface UncheckedObject {
  kind: 'network' | 'sandbox';
  id: string;
}

/** Objects that are to be compared with the kernel when there is time; each stands in the line once. */
export class Unchecked {
  readonly #objects = new Map<string, UncheckedObject>();

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  add(kind: UncheckedObject['kind'], id: string): void {
    this.#objects.set(id, { kind, id });
  }

  /** The first of them, which leave the line. */
  take(limit: number): UncheckedObject[] {
    const taken = [...this.#objects.values()].slice(0, limit);
    for (const { id } of taken) this.#objects.delete(id);
    return taken;
  }
}
