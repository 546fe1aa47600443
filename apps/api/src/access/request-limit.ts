import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config';
import { type RateLimit, rateLimited } from '../http/rate-limit';
import type { Principal } from './principal';

/** How many requests a token or session may make in a minute. Each replica counts for itself: of several, that many each. */
@Injectable()
export class RequestLimit {
  readonly #limiter: RateLimiterMemory | null;

  constructor(@Inject(Config) private readonly config: Config) {
    this.#limiter = config.requestsPerMinute === 0 ? null : new RateLimiterMemory({ points: config.requestsPerMinute, duration: 60 });
  }

  /** How the limit stands with this request; null: there is none, as for tokens of the environment and for hosts, which are the deployment's own. Throws NetyardError `rate-limited`. */
  async count({ kind, id, sessionId }: Principal): Promise<RateLimit | null> {
    if (this.#limiter === null || id === null || kind === 'host' || kind === 'enrolment') return null;
    const limit = { name: 'requests', quota: this.config.requestsPerMinute, windowSeconds: 60 };
    const resetSeconds = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));
    try {
      const counted = await this.#limiter.consume(sessionId ?? id);
      return { ...limit, remaining: counted.remainingPoints, resetSeconds: resetSeconds(counted) };
    } catch (reached) {
      if (!(reached instanceof RateLimiterRes)) throw reached;
      throw rateLimited(`the token has made the ${limit.quota} requests that it may in a minute`, {
        ...limit,
        resetSeconds: resetSeconds(reached),
      });
    }
  }
}
