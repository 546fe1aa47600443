import { MessageChannel, Worker } from 'node:worker_threads';
import type { FromOperations, OperationsConfig, ToOperations } from './messages';

/** What a thread may grow to: enough for thousands of endpoints, and a bound on what a fault can take from the host. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };

/** The operations thread and the reaper thread, connected to each other; the caller speaks with operations only. */
export class HostThreads {
  readonly #operations: Worker;
  readonly #reaper: Worker;
  #stopped: (() => void) | undefined;
  #stopping = false;

  /** `directory` holds the bundles `operations-thread.js` and `reaper-thread.js`. `onDeath` is called once when a thread ends unasked. */
  constructor(
    directory: URL,
    config: OperationsConfig,
    onMessage: (message: FromOperations) => void,
    private readonly onDeath: (thread: string, reason: string) => void,
  ) {
    const { port1: operationsPort, port2: reaperPort } = new MessageChannel();
    this.#reaper = new Worker(new URL('reaper-thread.js', directory), {
      workerData: { config, operationsPort },
      transferList: [operationsPort],
      resourceLimits,
      trackUnmanagedFds: false,
    });
    this.#operations = new Worker(new URL('operations-thread.js', directory), {
      workerData: { config, reaperPort },
      transferList: [reaperPort],
      resourceLimits,
      trackUnmanagedFds: false,
    });
    this.#operations.on('message', (message: FromOperations) => {
      if (message.type === 'stopped') this.#stopped?.();
      else onMessage(message);
    });
    this.#watch('operations', this.#operations);
    this.#watch('reaper', this.#reaper);
  }

  send(message: ToOperations): void {
    this.#operations.postMessage(message);
  }

  /** Ends both threads after the batch that they are at. The kernel stays as it is. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await new Promise<void>((resolve) => {
      this.#stopped = resolve;
      this.send({ type: 'stop' });
    });
    await Promise.all([this.#operations.terminate(), this.#reaper.terminate()]);
  }

  #watch(name: string, thread: Worker): void {
    thread.on('error', (error) => this.#died(name, error instanceof Error ? error.message : String(error)));
    thread.on('exit', (code) => this.#died(name, `it exited with code ${code}`));
  }

  #died(name: string, reason: string): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.onDeath(name, reason);
  }
}
