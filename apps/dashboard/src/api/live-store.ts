import type { QueryClient } from '@tanstack/react-query';
import { ApiProblem, type WatchedKind, type WatchedObject, type WatchedObjects, type WatchMessage } from '@netyard/api-client';
import { liveKey } from './query-keys';

/** The kinds that pages show. Probes are asked for one by one, and their results are awaited. */
export const liveKinds = ['host', 'router', 'network', 'sandbox', 'endpoint', 'port', 'policy'] as const satisfies readonly WatchedKind[];
export type LiveKind = (typeof liveKinds)[number];
const isLive = (kind: WatchedKind): kind is LiveKind => kind !== 'probe';

/** How the page's picture relates to the truth. */
export type Connection =
  /** No snapshot yet. */
  | { phase: 'connecting'; problem: string | null }
  | { phase: 'live' }
  /** What is shown was true when the connection broke. */
  | { phase: 'stale'; since: number; problem: string }
  /** The token is not accepted any more. */
  | { phase: 'signed-out' };

/** Changes that come in quick succession are shown together: so often a second at the most. */
const paintIntervalMs = 60;

/**
 * The one place where what the API tells over the watch is kept: objects by kind and id, published to the query cache as arrays. Nothing is ever added by the page itself, so what it shows has happened.
 */
export class LiveStore {
  #objects = emptyObjects();
  /** Gathers a snapshot until it is closed, so that a page never shows half of one. */
  #snapshot: Objects | null = null;
  readonly #changed = new Set<LiveKind>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connection: Connection = { phase: 'connecting', problem: null };
  readonly #listeners = new Set<() => void>();

  constructor(private readonly queries: QueryClient) {}

  get connection(): Connection {
    return this.#connection;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Follows a watch until it ends. */
  async follow(messages: AsyncIterable<WatchMessage>): Promise<void> {
    try {
      for await (const message of messages) this.#take(message);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return this.#become({ phase: 'signed-out' });
      this.#lose(error instanceof Error ? error.message : String(error));
    }
  }

  #take(message: WatchMessage): void {
    switch (message.type) {
      case 'connected':
        if (message.resumes) this.#become({ phase: 'live' });
        return;
      case 'lost':
        this.#snapshot = null;
        return this.#lose(message.reason.message);
      case 'snapshot':
        this.#snapshot = emptyObjects();
        return;
      case 'upsert':
        return this.#upsert(message.object);
      case 'delete':
        if (isLive(message.kind)) this.#changing(message.kind)[message.kind].delete(message.id);
        return;
      case 'in-sync':
        return this.#inSync();
      default:
        return message satisfies never;
    }
  }

  #upsert(object: WatchedObject): void {
    if (object.kind === 'probe') return;
    const objects = this.#changing(object.kind);
    const { id } = object.metadata;
    switch (object.kind) {
      case 'host':
        return void objects.host.set(id, object);
      case 'router':
        return void objects.router.set(id, object);
      case 'network':
        return void objects.network.set(id, object);
      case 'sandbox':
        return void objects.sandbox.set(id, object);
      case 'endpoint':
        return void objects.endpoint.set(id, object);
      case 'port':
        return void objects.port.set(id, object);
      case 'policy':
        return void objects.policy.set(id, object);
      default:
        return object satisfies never;
    }
  }

  /** What a change goes to: the snapshot while there is one, else what is shown, which is then painted soon. */
  #changing(kind: LiveKind): Objects {
    if (this.#snapshot) return this.#snapshot;
    this.#changed.add(kind);
    this.#timer ??= setTimeout(() => this.#publish(), paintIntervalMs);
    return this.#objects;
  }

  #inSync(): void {
    if (this.#snapshot) {
      this.#objects = this.#snapshot;
      this.#snapshot = null;
      for (const kind of liveKinds) this.#changed.add(kind);
    }
    this.#publish();
    this.#become({ phase: 'live' });
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const kind of this.#changed) this.queries.setQueryData(liveKey(kind), [...this.#objects[kind].values()]);
    this.#changed.clear();
  }

  #lose(problem: string): void {
    const before = this.#connection;
    if (before.phase === 'live') this.#become({ phase: 'stale', since: Date.now(), problem });
    else if (before.phase === 'stale') this.#become({ ...before, problem });
    else this.#become({ phase: 'connecting', problem });
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    for (const listener of this.#listeners) listener();
  }
}

type Objects = { [Kind in LiveKind]: Map<string, WatchedObjects[Kind]> };

const emptyObjects = (): Objects => ({
  host: new Map(),
  router: new Map(),
  network: new Map(),
  sandbox: new Map(),
  endpoint: new Map(),
  port: new Map(),
  policy: new Map(),
});
