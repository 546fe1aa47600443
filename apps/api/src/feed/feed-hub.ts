import { setMaxListeners } from 'node:events';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import type { FeedEntry, StreamGrowth } from '../database/transaction';
import { FeedTransport, type Notice } from './transport/feed-transport';

/** How often the streams that somebody waits for are compared with what was told of them. */
const lookMs = 2_000;

/** So much news is kept for a reader that is slow; one that is slower reads it from the database. */
const newsLimit = 256;

/** Somebody who waits for a stream to grow. */
export class StreamSubscription {
  #wake: (() => void) | undefined;
  // What came before the subscription is to be read first.
  #mustRead = true;
  #isClosed = false;
  #news: StreamGrowth[] = [];

  constructor(
    readonly streamId: string,
    private readonly onClose: (subscription: StreamSubscription) => void,
  ) {}

  /**
   * How to get on from a revision: with news that is known to come right after it, or by reading the database. Undefined when there is nothing new; then
   * `changed` is to be awaited.
   */
  next(revision: number): StreamGrowth | 'read' | undefined {
    this.#news = this.#news.filter((news) => news.revision > revision);
    const following = this.#news.find((news) => news.after === revision);
    if (following) return following;
    if (!this.#mustRead && this.#news.length === 0) return undefined;
    // What is read now has all that was committed before, this news too.
    this.#mustRead = false;
    this.#news = [];
    return 'read';
  }

  /** Resolves when there may be something new, or when the subscription is closed. */
  async changed(): Promise<void> {
    if (this.#mustRead || this.#isClosed || this.#news.length > 0) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Something was committed: what exactly, if it was by this process. */
  wake(news?: StreamGrowth): void {
    if (news && this.#news.length < newsLimit) this.#news.push(news);
    else this.#mustRead = true;
    this.#wake?.();
  }

  close(): void {
    this.#isClosed = true;
    this.onClose(this);
    this.#wake?.();
  }
}

/** Somebody who waits for certain objects to change. */
export class ObjectWatch {
  readonly #ids = new Set<string>();
  #changed = new Set<string>();
  readonly #pending = new Set<string>();
  readonly #own = new Set<string>();
  #wake: (() => void) | undefined;

  constructor(private readonly onClose: (watch: ObjectWatch) => void) {}

  /** To be called before the change that is waited for can happen. */
  add(...ids: string[]): void {
    for (const id of ids) this.#ids.add(id);
  }

  /** As `add`, for an object that this request changes, once, to something that has to be waited for: its own change is passed over. */
  addPending(...ids: string[]): void {
    this.add(...ids);
    for (const id of ids) {
      this.#pending.add(id);
      this.#own.add(id);
    }
  }

  /** Whether nothing is to be read of the object before it changes again. */
  isPending(id: string): boolean {
    return this.#pending.has(id);
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

  /** Objects that one transaction has changed. */
  changed(ids: Iterable<string>): void {
    for (const id of ids) if (this.#ids.has(id) && !this.#own.delete(id)) this.#changed.add(id);
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
export class FeedHub implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  readonly #subscriptions = new Map<string, Set<StreamSubscription>>();
  readonly #watches = new Set<ObjectWatch>();
  readonly #shutdown = new AbortController();
  /** The last revision that this process has heard of, of each stream that somebody waits for. */
  readonly #heard = new Map<string, number>();
  #look: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FeedTransport) private readonly transport: FeedTransport,
  ) {
    // One listener for each stream that is open.
    setMaxListeners(0, this.#shutdown.signal);
    database.onCommit((growth) => {
      for (const { streamId, revision } of growth) this.#hear(streamId, revision);
      transport.announce(
        growth.map(({ streamId, after, revision }) => ({ streamId, revision, steps: revision - after, replicaId: database.replicaId })),
      );
      for (const news of growth) for (const subscription of this.#subscriptions.get(news.streamId) ?? []) subscription.wake(news);
      this.#tell(growth.flatMap(({ changes }) => changes));
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

  onApplicationBootstrap(): void {
    this.#look = setInterval(() => void this.#lookForMissed(), lookMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#look);
    this.#shutdown.abort();
    for (const watch of this.#watches) watch.changedAll();
  }

  /** In this order: the last transactions are told of, too. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.end();
    await this.transport.end();
  }

  subscribe(streamId: string): StreamSubscription {
    const ofStream = this.#subscriptions.get(streamId) ?? new Set();
    this.#subscriptions.set(streamId, ofStream);
    const subscription = new StreamSubscription(streamId, () => {
      ofStream.delete(subscription);
      if (ofStream.size > 0 || this.#subscriptions.get(streamId) !== ofStream) return;
      this.#subscriptions.delete(streamId);
      this.#heard.delete(streamId);
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
    this.#hear(streamId, revision);
    if (replicaId === this.database.replicaId) return;
    this.#wakeStream(streamId);
    if (this.#watches.size > 0) void this.#readAndTell(streamId, revision - steps, revision);
  }

  #hear(streamId: string, revision: number): void {
    if (this.#subscriptions.has(streamId)) this.#heard.set(streamId, Math.max(revision, this.#heard.get(streamId) ?? 0));
  }

  /** A replica may have ended between its commit and its notice: what nobody told of is found here. */
  async #lookForMissed(): Promise<void> {
    // Whoever waits for an object looks for himself.
    for (const watch of this.#watches) watch.changedAll();
    const ids = [...this.#subscriptions.keys()];
    if (ids.length === 0) return;
    try {
      const streams = await acrossTenants(() =>
        this.database.query<{ id: string; revision: number }>(
          'SELECT id, revision::float8 AS revision FROM stream WHERE id = ANY ($1::uuid[])',
          [ids],
        ),
      );
      const missed = streams.filter(({ id, revision }) => revision > (this.#heard.get(id) ?? 0));
      for (const { id, revision } of missed) {
        this.#hear(id, revision);
        this.#wakeStream(id);
      }
    } catch {
      // The database is away; its return is told as a gap.
    }
  }

  /** Which objects another replica's change was about. When that cannot be read, everyone looks for themselves. */
  async #readAndTell(streamId: string, after: number, upTo: number): Promise<void> {
    try {
      this.#tell(
        await acrossTenants(() =>
          this.database.query<FeedEntry>(
            'SELECT kind, object_id AS id, name FROM feed WHERE stream_id = $1 AND revision > $2 AND revision <= $3',
            [streamId, after, upTo],
          ),
        ),
      );
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
    const ids = new Set(entries.map(({ id }) => id));
    for (const watch of this.#watches) watch.changed(ids);
  }
}
