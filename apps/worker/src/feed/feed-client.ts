import type { FeedMessage } from '@netyard/contracts';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { Log } from '../operations/messages';
import { ApiError, type ApiConnection } from './api-connection';
import { Backoff } from './backoff';

/**
 * Follows the host's feed for as long as the process lives, over whichever replica answers. The first connection asks for a snapshot: reports that
 * were not acknowledged before the process ended are made again from it. Later ones resume after the last revision seen.
 */
export class FeedClient {
  #lastEventId: string | null = null;
  #inSnapshot = false;

  constructor(
    private readonly api: ApiConnection,
    private readonly hostName: string,
    /** Gets the messages that arrived together. */
    private readonly onMessages: (messages: FeedMessage[]) => void,
    /** Awaited before each connection: registers the host. */
    private readonly beforeConnect: () => Promise<void>,
    private readonly log: Log,
  ) {}

  /** Returns once the signal is aborted; never throws because the API is away. */
  async run(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        await this.beforeConnect();
        await this.#follow(signal, () => backoff.reset());
        if (!signal.aborted) this.log('info', 'the feed ended; connecting again', { api: this.api.url });
      } catch (error) {
        if (signal.aborted) return;
        this.log('warn', error instanceof ApiError ? 'the API refused; trying again' : 'the API cannot be reached; trying again', {
          api: this.api.url,
          error: error instanceof Error ? error.message : String(error),
        });
      }
      await backoff.wait(signal);
    }
  }

  async #follow(signal: AbortSignal, onAlive: () => void): Promise<void> {
    let arrived: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: (event) => arrived.push(event) });
    for await (const text of this.api.stream(`/v1/hosts/${this.hostName}/feed`, this.#lastEventId, signal)) {
      onAlive();
      arrived = [];
      parser.feed(text);
      if (arrived.length > 0) this.#hand(arrived);
    }
  }

  /** A revision counts as seen only when the snapshot that it belongs to is complete. */
  #hand(events: EventSourceMessage[]): void {
    const messages: FeedMessage[] = [];
    for (const { id, data } of events) {
      const message: FeedMessage = JSON.parse(data);
      messages.push(message);
      if (message.type === 'snapshot') this.#lastEventId = null;
      this.#inSnapshot = message.type === 'snapshot' || (this.#inSnapshot && message.type !== 'in-sync' && message.type !== 'resume');
      if (id && !this.#inSnapshot) this.#lastEventId = id;
    }
    this.onMessages(messages);
  }
}
