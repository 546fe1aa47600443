import { setMaxListeners } from 'node:events';
import type { UpstreamState } from '@netyard/contracts';
import { AnswerCache } from './answer-cache';
import type { UpstreamAnswer } from './message';
import { answeredByAnother, Upstream } from './upstream';

/** After so long without an answer the next server is asked as well. */
const failoverMs = 300;
const deadlineMs = 4_000;
/** Of each set of servers; there may be as many sets as sandboxes. */
const cacheLimit = { entries: 10_000, bytes: 4 * 1024 * 1024 };

/** Servers that are asked for what discovery does not know, the first one first, and what they have said. */
export class Upstreams {
  readonly #cache = new AnswerCache(cacheLimit, () => performance.now());
  /** The same question is asked once, whoever asks. */
  readonly #underWay = new Map<string, Promise<UpstreamAnswer>>();
  /** Ends what is under way when the servers are not to be asked any more. */
  readonly #closing = new AbortController();

  constructor(private readonly servers: Upstream[]) {
    // One listener for each question under way.
    setMaxListeners(0, this.#closing.signal);
  }

  get states(): UpstreamState[] {
    return this.servers.map(({ state }) => state);
  }

  /** What has been said before and still holds. */
  known(key: string): UpstreamAnswer | undefined {
    return this.#cache.get(key);
  }

  /** Rejects, with what the servers said, when none has an answer in time. */
  ask(key: string, question: Buffer): Promise<UpstreamAnswer> {
    return this.#underWay.get(key) ?? this.#ask(key, question);
  }

  /** Questions under way are given up, and none is asked any more. */
  close(): void {
    this.#closing.abort(new Error('the servers have changed'));
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
    this.#closing.signal.throwIfAborted();
    const control = new AbortController();
    const giveUp = (): void => control.abort(this.#closing.signal.reason);
    this.#closing.signal.addEventListener('abort', giveUp);
    const deadline = setTimeout(() => control.abort(new Error('time is up')), deadlineMs);
    const attempts: Promise<UpstreamAnswer>[] = [];
    try {
      for (const server of ordered) {
        control.signal.throwIfAborted();
        const attempt = server.ask(question, control.signal);
        attempt.catch(() => undefined);
        attempts.push(attempt);
        const isLast = attempts.length === ordered.length;
        const winner = isLast ? await Promise.any(attempts) : await firstOf(attempts, attempt, () => server.isSlow(failoverMs));
        if (winner) return winner;
      }
      throw new Error('no server answered');
    } catch (error) {
      throw error instanceof AggregateError ? new Error(error.errors.map((one: Error) => one.message).join('; ')) : error;
    } finally {
      clearTimeout(deadline);
      this.#closing.signal.removeEventListener('abort', giveUp);
      control.abort(answeredByAnother);
    }
  }
}

/** The first good answer of all attempts, or undefined once the latest has failed or is slow. */
async function firstOf(
  attempts: Promise<UpstreamAnswer>[],
  latest: Promise<UpstreamAnswer>,
  onSlow: () => void,
): Promise<UpstreamAnswer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      onSlow();
      resolve(undefined);
    }, failoverMs);
  });
  const failed = latest.catch(() => undefined);
  try {
    return await Promise.race([slow, failed, Promise.any(attempts).catch(() => undefined)]);
  } finally {
    clearTimeout(timer);
  }
}
