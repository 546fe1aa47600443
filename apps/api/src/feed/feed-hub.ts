import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database';
import type { FeedEntry } from '../database/transaction';
import { FeedTransport, type Notice } from './transport';

/** Somebody who waits for a stream to grow. */
export class StreamSubscription {
  #wake: (() => void) | undefined;
  #isAwake = false;

  constructor(
    readonly streamId: string,
    private readonly onClose: (subscription: StreamSubscription) => void,
  ) {}

  /** Resolves when there may be something new since the last call; never later than that. */
  async next(): Promise<void> {
    if (!this.#isAwake) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#isAwake = false;
    this.#wake = undefined;
  }

  wake(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  close(): void {
    this.onClose(this);
    this.wake();
  }
}

/** Somebody who waits for certain objects to change. */
export class ObjectWatch {
  readonly #ids = new Set<string>();
  #changed = new Set<string>();
  #wake: (() => void) | undefined;

  constructor(private readonly onClose: (watch: ObjectWatch) => void) {}

  /** To be called before the change that is waited for can happen. */
  add(...ids: string[]): void {
    for (const id of ids) this.#ids.add(id);
  }

  /** Which objects may have changed since the last call; none when the time is up. */
  async next(timeoutMs: number): Promise<string[]> {
    if (this.#changed.size === 0) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    const changed = [...this.#changed];
    this.#changed = new Set();
    return changed;
  }

  changed(ids: Iterable<string>): void {
    for (const id of ids) if (this.#ids.has(id)) this.#changed.add(id);
    if (this.#changed.size > 0) this.#wake?.();
  }

  /** Anything may have changed. */
  changedAll(): void {
    this.changed(this.#ids);
  }

  close(): void {
    this.onClose(this);
  }
}

/** Wakes those in this process who wait for a stream or an object: at once for what this process commits, by notice for what others do. */
@Injectable()
export class FeedHub implements BeforeApplicationShutdown {
  readonly #subscriptions = new Map<string, Set<StreamSubscription>>();
  readonly #watches = new Set<ObjectWatch>();
  readonly #shutdown = new AbortController();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FeedTransport) transport: FeedTransport,
  ) {
    database.onCommit(({ streams, entries }) => {
      for (const { id } of streams) this.#wakeStream(id);
      this.#tell(entries);
    });
    transport.listen({ onNotice: (notice) => this.#onNotice(notice), onGap: () => this.#onGap() });
  }

  /** Aborted when the process is to end: streams are closed then, or the server would wait for them. */
  get stopping(): AbortSignal {
    return this.#shutdown.signal;
  }

  get subscriberCount(): number {
    return [...this.#subscriptions.values()].reduce((sum, { size }) => sum + size, 0);
  }

  beforeApplicationShutdown(): void {
    this.#shutdown.abort();
    for (const watch of this.#watches) watch.changedAll();
  }

  subscribe(streamId: string): StreamSubscription {
    const ofStream = this.#subscriptions.get(streamId) ?? new Set();
    this.#subscriptions.set(streamId, ofStream);
    const subscription = new StreamSubscription(streamId, () => {
      ofStream.delete(subscription);
      if (ofStream.size === 0 && this.#subscriptions.get(streamId) === ofStream) this.#subscriptions.delete(streamId);
    });
    ofStream.add(subscription);
    return subscription;
  }

  watchObjects(): ObjectWatch {
    const watch = new ObjectWatch((closed) => this.#watches.delete(closed));
    this.#watches.add(watch);
    return watch;
  }

  #onNotice({ streamId, revision, steps, replicaId }: Notice): void {
    if (replicaId === this.database.replicaId) return;
    this.#wakeStream(streamId);
    if (this.#watches.size > 0) void this.#readAndTell(streamId, revision - steps, revision);
  }

  /** Which objects another replica's change was about. When that cannot be read, everyone looks for themselves. */
  async #readAndTell(streamId: string, after: number, upTo: number): Promise<void> {
    try {
      this.#tell(await this.database.query<FeedEntry>('SELECT kind, object_id AS id, name FROM feed WHERE stream_id = $1 AND revision > $2 AND revision <= $3', [streamId, after, upTo]));
    } catch {
      for (const watch of this.#watches) watch.changedAll();
    }
  }

  #onGap(): void {
    for (const streamId of this.#subscriptions.keys()) this.#wakeStream(streamId);
    for (const watch of this.#watches) watch.changedAll();
  }

  #wakeStream(streamId: string): void {
    for (const subscription of this.#subscriptions.get(streamId) ?? []) subscription.wake();
  }

  #tell(entries: FeedEntry[]): void {
    if (this.#watches.size === 0) return;
    const ids = entries.map(({ id }) => id);
    for (const watch of this.#watches) watch.changed(ids);
  }
}
