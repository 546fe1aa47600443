export interface UncheckedObject {
  kind: 'router' | 'network' | 'sandbox';
  id: string;
  /** Of a sandbox: whether the resolver is to look at what it has there too. Of a router: whether its rules are looked at, and what belongs to nothing in it. */
  isThorough: boolean;
}

/** To look through a router is as much work as to look at so many other objects. */
const routerWeight = 5;

/** Objects that are to be compared with the kernel when there is time; each stands in the line once. */
export class Unchecked {
  readonly #objects = new Map<string, UncheckedObject>();

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  add(kind: UncheckedObject['kind'], id: string, isThorough = false): void {
    this.#objects.set(id, { kind, id, isThorough: isThorough || (this.#objects.get(id)?.isThorough ?? false) });
  }

  /** The first of them, as much as `limit` ordinary ones, which leave the line. */
  take(limit: number): UncheckedObject[] {
    const taken: UncheckedObject[] = [];
    for (let left = limit; left > 0 && this.#objects.size > 0;) {
      const [next] = this.#objects.values();
      if (!next) break;
      this.#objects.delete(next.id);
      taken.push(next);
      left -= next.kind === 'router' && next.isThorough ? routerWeight : 1;
    }
    return taken;
  }
}
