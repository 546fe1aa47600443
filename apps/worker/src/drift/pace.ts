/**
 * Lets what comes again and again wait: so many times at once, then once in an interval for each key. What somebody breaks now and then is looked at without delay, and who breaks it without end keeps
 * nobody busy. Pure but for what it remembers (the generic cell rate algorithm, ITU-T I.371).
 */
export class Pace {
  /** When each key would have been used up to now, had it kept to its interval. */
  readonly #until = new Map<number | string, number>();

  constructor(private readonly limit: { burst: number; intervalMs: number }) {}

  /** Milliseconds until the key may go; 0: it goes now, and that is counted. */
  waitMs(key: number | string, nowMs: number): number {
    const { burst, intervalMs } = this.limit;
    const until = Math.max(this.#until.get(key) ?? nowMs, nowMs);
    const waitMs = until - nowMs - (burst - 1) * intervalMs;
    if (waitMs > 0) return waitMs;
    this.#until.set(key, until + intervalMs);
    if (this.#until.size > rememberedKeys) this.#forgetIdle(nowMs);
    return 0;
  }

  #forgetIdle(nowMs: number): void {
    for (const [key, until] of this.#until) if (until <= nowMs) this.#until.delete(key);
  }
}

const rememberedKeys = 1_000;
