import { NetyardError } from '@netyard/contracts';

/** A limit of so many within a window of time, and how it stands for whoever asks. */
export interface RateLimit {
  /** What is limited, in one word. */
  name: string;
  quota: number;
  windowSeconds: number;
  remaining: number;
  /** Until there are as many again as the quota says. */
  resetSeconds: number;
}

/** The headers that tell of a limit (draft-ietf-httpapi-ratelimit-headers-10). */
export const rateLimitHeaders = ({ name, quota, windowSeconds, remaining, resetSeconds }: RateLimit): Record<string, string> => ({
  'RateLimit-Policy': `"${name}";q=${quota};w=${windowSeconds}`,
  RateLimit: `"${name}";r=${remaining};t=${resetSeconds}`,
});

/** A refusal that says when to come again. */
export const rateLimited = (detail: string, limit: Omit<RateLimit, 'remaining'>): NetyardError =>
  new NetyardError('rate-limited', detail, [], { rateLimit: { ...limit, remaining: 0 } satisfies RateLimit });

/** The limit that an error is about, if it is about one. */
export const rateLimitOf = ({ code, context }: NetyardError): RateLimit | undefined =>
  code === 'rate-limited' ? (context['rateLimit'] as RateLimit | undefined) : undefined;
