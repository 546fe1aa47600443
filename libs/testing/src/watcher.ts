import { createParser } from 'eventsource-parser';

export interface WatchEvent {
  event: string | undefined;
  /** `<revision>-<mark of the stream>`. */
  id: string | undefined;
  data: { kind: string; id?: string; name?: string; metadata?: { id: string; name: string; resourceVersion: string } };
}

/** The revision that an event id names. */
export const revisionOf = (id: string | undefined): number => Number(id?.split('-')[0]);

/** Follows a replica's watch until told to stop, or until the replica ends. */
export class Watcher {
  readonly events: WatchEvent[] = [];
  readonly #stop = new AbortController();
  readonly #waiters = new Set<() => void>();
  #reading: Promise<void> = Promise.resolve();

  /** Resolves once it is in sync. Rejects when it is not let in, or the replica ends before. */
  static async start({ url, token }: { url: string; token: string }, query = '', lastEventId?: string): Promise<Watcher> {
    const watcher = new Watcher();
    const response = await fetch(`${url}/v1/watch${query}`, {
      headers: { authorization: `Bearer ${token}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
      signal: watcher.#stop.signal,
    });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
    watcher.#reading = watcher.#read(response.body).catch(() => undefined);
    const inSync = watcher.until(() => watcher.events.some(({ event }) => event === 'in-sync'));
    await Promise.race([inSync, watcher.#reading.then(() => Promise.reject(new Error('the watch ended before it was in sync')))]);
    return watcher;
  }

  /** Resolves when nothing more can come. */
  get ended(): Promise<void> {
    return this.#reading;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiters.add(resolve));
  }

  stop(): void {
    this.#stop.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = createParser({
      onEvent: ({ event, id, data }) => this.events.push({ event, id, data: JSON.parse(data) as WatchEvent['data'] }),
    });
    const decoder = new TextDecoder();
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      for (const wake of this.#waiters) wake();
      this.#waiters.clear();
    }
  }
}
