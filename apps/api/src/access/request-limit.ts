import { NetyardError } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config';
import type { Principal } from './principal';

/** How many requests a token or session may make in a minute. Each replica counts for itself: of several, that many each. */
@Injectable()
export class RequestLimit {
  readonly #limiter: RateLimiterMemory | null;

  constructor(@Inject(Config) private readonly config: Config) {
    this.#limiter = config.requestsPerMinute === 0 ? null : new RateLimiterMemory({ points: config.requestsPerMinute, duration: 60 });
  }

  /** Throws NetyardError `rate-limited`. Tokens of the environment and hosts are the deployment's own, and not limited. */
  async count({ kind, id, sessionId }: Principal): Promise<void> {
    if (this.#limiter === null || id === null || kind === 'host' || kind === 'enrolment') return;
    try {
      await this.#limiter.consume(sessionId ?? id);
    } catch (reached) {
      if (!(reached instanceof RateLimiterRes)) throw reached;
      const retryAfterSeconds = Math.max(1, Math.ceil(reached.msBeforeNext / 1000));
      throw new NetyardError(
        'rate-limited',
        `the token has made the ${this.config.requestsPerMinute} requests that it may in a minute`,
        [],
        {
          retryAfterSeconds,
        },
      );
    }
  }
}
