import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { Leases } from '../dhcp/leases';
import type { FromOperations, Log, OperationsConfig, ToOperations } from './messages';

/** What a thread may grow to: enough for thousands of endpoints, and a bound on what a fault can take from the host. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };

/** Threads that serve the operations thread, each by a port of its own. */
const servants = ['reaper', 'resolver', 'drift', 'paths'] as const;

/** The threads of a host: operations, and those that work for it, as do the DHCP clients of the caller's thread. The caller speaks with operations only. */
export class HostThreads {
  readonly #operations: Worker;
  readonly #servants: Worker[] = [];
  readonly #leases: Leases;
  #stopped: (() => void) | undefined;
  #stopping = false;

  /** `directory` holds the bundles `<name>-thread.js`. `onDeath` is called once when a thread ends unasked. */
  constructor(
    directory: URL,
    config: OperationsConfig,
    onMessage: (message: FromOperations) => void,
    private readonly onDeath: (thread: string, reason: string) => void,
  ) {
    const ports: Record<string, MessagePort> = {};
    for (const name of servants) {
      const { port1, port2 } = new MessageChannel();
      ports[`${name}Port`] = port1;
      this.#servants.push(this.#start(directory, name, { config, operationsPort: port2 }, [port2]));
    }
    this.#operations = this.#start(directory, 'operations', { config, ...ports }, Object.values(ports));
    this.#operations.on('message', (message: FromOperations) => {
      if (message.type === 'stopped') this.#stopped?.();
      else if (message.type === 'lease-wanted' || message.type === 'lease-unwanted') this.#leases.take(message);
      else onMessage(message);
    });
    const log: Log = (level, text, fields = {}) => onMessage({ type: 'log', level, message: text, fields });
    this.#leases = new Leases(config.stateDirectory, config.hostName, (message) => this.send(message), log);
    this.#leases.begin();
  }

  send(message: ToOperations): void {
    this.#operations.postMessage(message);
  }

  /** Ends all threads after the batch that they are at, and all clients. The kernel stays as it is. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#leases.stop();
    await new Promise<void>((resolve) => {
      this.#stopped = resolve;
      this.send({ type: 'stop' });
    });
    await Promise.all([this.#operations, ...this.#servants].map((thread) => thread.terminate()));
  }

  #start(directory: URL, name: string, workerData: object, transferList: MessagePort[]): Worker {
    const thread = new Worker(new URL(`${name}-thread.js`, directory), {
      workerData,
      transferList,
      resourceLimits,
      trackUnmanagedFds: false,
    });
    thread.on('error', (error) => this.#died(name, error instanceof Error ? error.message : String(error)));
    thread.on('exit', (code) => this.#died(name, `it exited with code ${code}`));
    return thread;
  }

  #died(name: string, reason: string): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.onDeath(name, reason);
  }
}
