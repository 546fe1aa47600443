import { NetyardError } from '@netyard/contracts';
import { RateLimiterMemory } from 'rate-limiter-flexible';

const failuresPerMinute = 10;

/** Slows down who guesses passwords: by name, whoever guesses, and by source, whatever name it guesses for. Each replica counts for itself. */
export class Attempts {
  readonly #limiter = new RateLimiterMemory({ points: failuresPerMinute, duration: 60 });

  /** Throws NetyardError `rate-limited` when there were too many failures within a minute. */
  async assertMay(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const found = await this.#limiter.get(key);
      if (found !== null && found.consumedPoints >= failuresPerMinute)
        throw new NetyardError('rate-limited', 'too many attempts to sign in have failed', [], {
          retryAfterSeconds: Math.ceil(found.msBeforeNext / 1000),
        });
    }
  }

  async failed(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#limiter.penalty(key);
  }
}
