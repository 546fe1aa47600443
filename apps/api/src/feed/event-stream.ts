import { once } from 'node:events';
import type { Response } from 'express';

const heartbeatMs = 5_000;
/** Who reads nothing for so long, though there is something to read, is gone or means harm: what waits keeps memory, and often a connection to the database. */
const stalledMs = 30_000;

export interface StreamEvent {
  /** Left out for the default, `message`. */
  event?: string;
  id?: string;
  data: unknown;
}

/** Server-sent events over one response (WHATWG HTML section 9.2), with a heartbeat, and no faster than the client reads. */
export class EventStream {
  readonly #closed = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    private readonly response: Response,
    stopping: AbortSignal,
    private readonly limitMs = stalledMs,
  ) {
    response.status(200).set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    this.#heartbeat = setInterval(() => response.write(': \n\n'), heartbeatMs);
    const end = (): void => this.end();
    response.once('close', end);
    stopping.addEventListener('abort', end, { signal: this.#closed.signal });
    if (stopping.aborted) this.end();
  }

  /** Aborted when the client has gone or the stream was ended. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Writes events in one piece; waits while the client does not read, and closes the stream when that takes too long. Does nothing once closed. */
  async send(events: StreamEvent[]): Promise<void> {
    if (this.closed.aborted || events.length === 0) return;
    const text = events
      .map(
        ({ event, id, data }) =>
          `${event ? `event: ${event}\n` : ''}${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
      )
      .join('');
    if (this.response.write(text)) return;
    const timer = setTimeout(() => this.#cut(), this.limitMs);
    await once(this.response, 'drain', { signal: this.closed }).catch(() => undefined);
    clearTimeout(timer);
  }

  /** What is not read is thrown away, with the connection. */
  #cut(): void {
    this.end();
    this.response.destroy();
  }

  end(): void {
    clearInterval(this.#heartbeat);
    if (this.closed.aborted) return;
    this.#closed.abort();
    this.response.end();
  }
}
