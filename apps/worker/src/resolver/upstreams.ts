import type { UpstreamState } from '@netyard/contracts';
import { AnswerCache } from './answer-cache';
import type { UpstreamAnswer } from './message';
import { answeredByAnother, Upstream } from './upstream';

/** After so long without an answer the next server is asked as well. */
const failoverMs = 300;
const deadlineMs = 4_000;
const cacheLimit = 10_000;

/** How a question to upstreams ended. */
export interface ForwardResult {
  answer: UpstreamAnswer;
  cached: boolean;
}

/** Servers that are asked for what discovery does not know, the first one first, and what they have said. */
export class Upstreams {
  readonly #cache = new AnswerCache(cacheLimit, () => performance.now());
  /** The same question is asked once, whoever asks. */
  readonly #underWay = new Map<string, Promise<UpstreamAnswer>>();

  constructor(private readonly servers: Upstream[]) {}

  get states(): UpstreamState[] {
    return this.servers.map(({ state }) => state);
  }

  /** Rejects, with what the servers said, when none has an answer in time. */
  async ask(key: string, question: Buffer): Promise<ForwardResult> {
    const known = this.#cache.get(key);
    if (known) return { answer: known, cached: true };
    const running = this.#underWay.get(key) ?? this.#ask(key, question);
    return { answer: await running, cached: false };
  }

  #ask(key: string, question: Buffer): Promise<UpstreamAnswer> {
    const asking = this.#race(question)
      .then((answer) => {
        this.#cache.put(key, answer);
        return answer;
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, asking);
    return asking;
  }

  /** Servers that failed lately come last. The next one begins when the one before has failed or is slow; the first good answer wins. */
  async #race(question: Buffer): Promise<UpstreamAnswer> {
    const ordered = [...this.servers.filter(({ isHealthy }) => isHealthy), ...this.servers.filter(({ isHealthy }) => !isHealthy)];
    if (ordered.length === 0) throw new Error('there is no server to ask');
    const control = new AbortController();
    const deadline = setTimeout(() => control.abort(new Error('time is up')), deadlineMs);
    const attempts: Promise<UpstreamAnswer>[] = [];
    try {
      for (const server of ordered) {
        const attempt = server.ask(question, control.signal);
        attempt.catch(() => undefined);
        attempts.push(attempt);
        const isLast = attempts.length === ordered.length;
        const winner = isLast ? await Promise.any(attempts) : await firstOf(attempts, attempt);
        if (winner) return winner;
      }
      throw new Error('no server answered');
    } catch (error) {
      throw error instanceof AggregateError ? new Error(error.errors.map((one: Error) => one.message).join('; ')) : error;
    } finally {
      clearTimeout(deadline);
      control.abort(answeredByAnother);
    }
  }
}

/** The first good answer of all attempts, or undefined once the latest has failed or is slow. */
async function firstOf(attempts: Promise<UpstreamAnswer>[], latest: Promise<UpstreamAnswer>): Promise<UpstreamAnswer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), failoverMs)));
  const failed = latest.then(
    (answer) => answer,
    () => undefined,
  );
  try {
    return await Promise.race([slow, failed, Promise.any(attempts).catch(() => undefined)]);
  } finally {
    clearTimeout(timer);
  }
}
