import { RateLimiterMemory } from 'rate-limiter-flexible';
import { rateLimited } from '../http/rate-limit';

/** Slows down who guesses passwords: by name, whoever guesses, and by source, whatever name it guesses for; and who begins what never ends. Each replica counts for itself. */
export class Attempts {
  readonly #limiter: RateLimiterMemory;

  constructor(private readonly perMinute: number) {
    this.#limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  }

  /** Throws NetyardError `rate-limited` when there were too many within a minute. */
  async assertMay(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const found = await this.#limiter.get(key);
      if (found !== null && found.consumedPoints >= this.perMinute)
        throw rateLimited('there were too many attempts to sign in', {
          name: 'sign-in',
          quota: this.perMinute,
          windowSeconds: 60,
          resetSeconds: Math.ceil(found.msBeforeNext / 1000),
        });
    }
  }

  async count(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#limiter.penalty(key);
  }
}
