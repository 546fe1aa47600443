import { setTimeout as delay } from 'node:timers/promises';
import { PendingNotices } from './pending-notices';

/** So long what is still to be told is waited for when the process is to end. */
const lastWordsMs = 2_000;

/** News of a stream, from another replica. */
export interface Notice {
  streamId: string;
  /** The stream's last one. */
  revision: number;
  /** How many entries were added. */
  steps: number;
  replicaId: string;
}

export interface TransportListener {
  onNotice(notice: Notice): void;
  /** Notices may have been lost: anything may have changed. */
  onGap(): void;
}

/**
 * Brings word of what other replicas have committed. Only wakes: the streams themselves are read from the database, whose revisions order them, so a notice that comes late, twice or out of order does no
 * harm. One that is lost for good is made up for by whoever looks at the revisions now and then (`FeedHub`).
 */
export abstract class FeedTransport {
  readonly #listeners: TransportListener[] = [];
  readonly #pending = new PendingNotices();
  #isTelling = false;
  #told: Promise<void> = Promise.resolve();
  #connections = 0;

  /** May be called before the transport is up. */
  listen(listener: TransportListener): void {
    this.#listeners.push(listener);
  }

  /** Tells the others, soon: what gathers while some are on their way goes together. Never throws. */
  announce(notices: Notice[]): void {
    this.#pending.add(notices);
    this.#startTelling();
  }

  /** Ends it, after what was announced has been told, if that takes no longer than a moment. Never rejects. */
  async end(): Promise<void> {
    await Promise.race([this.#told, delay(lastWordsMs, undefined, { ref: false })]);
    await this.close();
  }

  /** Sends notices; gives those that could not be sent, or all while there is no connection. Never rejects. */
  protected abstract send(notices: Notice[]): Promise<Notice[]>;

  /** Gives up the connection, for good. Never rejects. */
  protected abstract close(): Promise<void>;

  /** A notice has come. */
  protected take(notice: Notice): void {
    for (const listener of this.#listeners) listener.onNotice(notice);
  }

  /** There is a connection (again): what came meanwhile is lost, and what waits can be told. */
  protected connected(): void {
    this.#connections++;
    for (const listener of this.#listeners) listener.onGap();
    this.#startTelling();
  }

  #startTelling(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#told = this.#tell();
  }

  /** One after the other; what cannot be told waits for the next connection, or the next notice. */
  async #tell(): Promise<void> {
    while (!this.#pending.isEmpty) {
      const connection = this.#connections;
      const untold = await this.send(this.#pending.take());
      this.#pending.add(untold);
      if (untold.length > 0 && connection === this.#connections) break;
    }
    this.#isTelling = false;
  }
}
