import { FakeWorker, revisionOf, Watcher } from '@netyard/testing';

/** Where the replicas are, and the token for them. */
export interface Way {
  urls: string[];
  token: string;
}

/** That an object has changed, as of a revision of the stream. */
export interface Told {
  kind: string;
  id: string;
  revision: number;
}

/** Stays with whatever replica there is, and notes what came. Its replica at first is the first one. */
abstract class Follower {
  /** In the order in which it came. */
  readonly told: Told[] = [];
  /** How often it went on where it was, and how often it had to begin anew. */
  resumed = 0;
  anew = 0;
  protected isOver = false;

  /** The last revision that it has heard of. */
  abstract get revision(): number;

  /** Asks one replica after the other until one lets it in; undefined when that is not wanted any more. */
  protected async enter<T>(urls: string[], start: number, attempt: (url: string) => Promise<T>): Promise<T | undefined> {
    for (let number = start; !this.isOver; number++) {
      const entered = await attempt(urls[number % urls.length] ?? '').catch(() => undefined);
      if (entered !== undefined) return entered;
    }
    return undefined;
  }
}

/** As people's watches do. */
export class FollowingWatcher extends Follower {
  #place: string | undefined;
  #following: Promise<void> = Promise.resolve();

  private constructor(
    private readonly way: Way,
    private watcher: Watcher,
    /** Where it began. */
    readonly start: number,
  ) {
    super();
  }

  static async start(way: Way): Promise<FollowingWatcher> {
    const watcher = await Watcher.start({ url: way.urls[0] ?? '', token: way.token });
    const place = watcher.events.find(({ event }) => event === 'in-sync')?.id;
    const follower = new FollowingWatcher(way, watcher, revisionOf(place));
    follower.#place = place;
    follower.#following = follower.#follow();
    return follower;
  }

  get revision(): number {
    return revisionOf(this.watcher.events.findLast(({ id }) => id !== undefined)?.id);
  }

  async end(): Promise<void> {
    this.isOver = true;
    this.watcher.stop();
    await this.#following;
  }

  async #follow(): Promise<void> {
    for (let number = 1; ; number++) {
      await this.watcher.ended;
      for (const { event, id: place, data } of this.watcher.events) {
        if (place === undefined) continue;
        this.#place = place;
        if (event !== 'in-sync') this.told.push({ kind: data.kind, id: data.metadata?.id ?? data.id ?? '', revision: revisionOf(place) });
      }
      const next = await this.enter(this.way.urls, number, (url) => Watcher.start({ url, token: this.way.token }, '', this.#place));
      if (!next) return;
      this.watcher = next;
      if (next.events.some(({ event }) => event === 'snapshot')) this.anew++;
      else this.resumed++;
    }
  }
}

/** As the worker of a host does. */
export class FollowingWorker extends Follower {
  readonly worker: FakeWorker;
  #following: Promise<void> = Promise.resolve();

  private constructor(
    private readonly way: Way,
    hostName: string,
  ) {
    super();
    this.worker = new FakeWorker({ apiUrl: way.urls[0] ?? '', token: way.token, hostName });
  }

  static async start(way: Way, hostName: string): Promise<FollowingWorker> {
    const follower = new FollowingWorker(way, hostName);
    await follower.worker.start();
    follower.#following = follower.#follow();
    return follower;
  }

  get revision(): number {
    return revisionOf(this.worker.messages.findLast(({ id }) => id !== undefined)?.id);
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.worker.disconnect();
    await this.#following;
    // Only the last message of a batch is a place: those before it belong to it, or are told again when it did not come.
    let batch: Omit<Told, 'revision'>[] = [];
    for (const { id: place, message } of this.worker.messages) {
      if (message.type === 'upsert') batch.push({ kind: message.object.kind, id: message.object.id });
      else if (message.type === 'delete') batch.push({ kind: message.kind, id: message.id });
      else if (message.type === 'resume') batch = [];
      if (place === undefined) continue;
      this.told.push(...batch.map((object) => ({ ...object, revision: revisionOf(place) })));
      batch = [];
    }
  }

  async #follow(): Promise<void> {
    for (let number = 1; ; number++) {
      await this.worker.ended.catch(() => undefined);
      const before = this.worker.messages.length;
      if (!(await this.enter(this.way.urls, number, (url) => this.worker.connect(url).then(() => true)))) return;
      if (this.worker.messages.slice(before).some(({ message }) => message.type === 'snapshot')) this.anew++;
      else this.resumed++;
    }
  }
}
