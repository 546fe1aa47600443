import { setTimeout as sleep } from 'node:timers/promises';

/** Growing pauses between tries, with jitter, so that many workers do not return to the API in step. */
export class Backoff {
  #failures = 0;

  constructor(
    private readonly firstMs = 200,
    private readonly limitMs = 10_000,
  ) {}

  reset(): void {
    this.#failures = 0;
  }

  /** Waits; returns early, without error, when the signal is aborted. */
  async wait(signal: AbortSignal): Promise<void> {
    const ceiling = Math.min(this.limitMs, this.firstMs * 2 ** this.#failures++);
    await sleep(ceiling * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}
