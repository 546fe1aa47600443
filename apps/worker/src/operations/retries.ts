import type { Desired } from '@netyard/contracts';

const firstPauseMs = 500;
const limitMs = 30_000;

/** Objects whose work failed, each with the time of its next try. The pauses of one object double. */
export class Retries {
  readonly #failing = new Map<string, { kind: Desired['kind']; failures: number; at: number }>();

  constructor(private readonly now: () => number) {}

  failed({ id, kind }: Pick<Desired, 'id' | 'kind'>): void {
    const failures = (this.#failing.get(id)?.failures ?? 0) + 1;
    this.#failing.set(id, { kind, failures, at: this.now() + Math.min(limitMs, firstPauseMs * 2 ** (failures - 1)) });
  }

  succeeded(id: string): void {
    this.#failing.delete(id);
  }

  isFailing(id: string): boolean {
    return this.#failing.has(id);
  }

  /** Ids of the kind whose work failed the last time. */
  failing(kind: Desired['kind']): string[] {
    return [...this.#failing].flatMap(([id, entry]) => (entry.kind === kind ? [id] : []));
  }

  /** Those whose time has come. */
  due(): { id: string; kind: Desired['kind'] }[] {
    const now = this.now();
    return [...this.#failing].flatMap(([id, { kind, at }]) => (at <= now ? [{ id, kind }] : []));
  }

  /** Milliseconds until the next one is due; undefined: nothing fails. */
  get nextInMs(): number | undefined {
    const times = [...this.#failing.values()].map(({ at }) => at);
    return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - this.now());
  }
}
