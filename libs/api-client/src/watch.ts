import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { ApiProblem, parseProblem } from './problem';
import { parseWatchEvent, type WatchedKind, type WatchEvent } from './watch-event';

/** What a watch tells: the events of the API, and how the connection to it fares. */
export type WatchMessage =
  | WatchEvent
  /** The API answers: it goes on where the watch broke off (what was missed follows at once), or begins with a snapshot. */
  | { type: 'connected'; resumes: boolean }
  /** The connection is gone. It is tried again by itself after the delay; what is known may be out of date until `in-sync`. */
  | { type: 'lost'; reason: Error; retryInMs: number };

export interface WatchOptions {
  /** What stands before `/v1`. */
  baseUrl: string;
  token?: string;
  /** All kinds when left out. */
  kinds?: readonly WatchedKind[];
  /** Ends the watch; the only way out of it but a refusal for good (401, 403, 400). */
  signal: AbortSignal;
  fetch?: typeof fetch;
  /** How long to wait before the first, second, … new attempt, in milliseconds; the last one repeats. */
  retryDelaysMs?: readonly number[];
  /** After how long without a byte, heartbeats included, a connection counts as lost. */
  silenceMs?: number;
}

const defaultRetryDelaysMs = [250, 500, 1_000, 2_000, 4_000];
const defaultSilenceMs = 20_000;

/**
 * Follows the objects of the tenant: first a snapshot, closed by `in-sync`, then every change. After a break it goes on where it was
 * (`Last-Event-ID`); where the API no longer knows that place (410) it begins anew with a snapshot. Throws ApiProblem when refused for good.
 */
export async function* watch(options: WatchOptions): AsyncGenerator<WatchMessage, void, void> {
  const { signal, retryDelaysMs = defaultRetryDelaysMs } = options;
  const cursor: Cursor = { lastEventId: undefined, failures: 0 };
  while (!signal.aborted) {
    let reason: Error;
    try {
      yield* oneConnection(options, cursor);
      reason = new Error('The API ended the stream.');
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiProblem && isFinal(error)) throw error;
      if (error instanceof ApiProblem && error.status === 410) {
        cursor.lastEventId = undefined;
        continue;
      }
      reason = error instanceof Error ? error : new Error(String(error));
    }
    const retryInMs = retryDelaysMs[Math.min(cursor.failures, retryDelaysMs.length - 1)] ?? 0;
    cursor.failures += 1;
    yield { type: 'lost', reason, retryInMs };
    await pause(retryInMs, signal);
  }
}

/** How far the watch has come, and how often in a row it failed to get further. */
interface Cursor {
  lastEventId: string | undefined;
  failures: number;
}

async function* oneConnection(options: WatchOptions, cursor: Cursor): AsyncGenerator<WatchMessage, void, void> {
  const { fetch: send = fetch, silenceMs = defaultSilenceMs } = options;
  const silence = new Silence(silenceMs, options.signal);
  try {
    const response = await send(watchUrl(options), { headers: watchHeaders(options, cursor), signal: silence.signal });
    if (!response.ok || !response.body) throw parseProblem(await response.json().catch(() => null), response);
    yield { type: 'connected', resumes: cursor.lastEventId !== undefined };
    const events: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: (event) => events.push(event) });
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    let inSnapshot = false;
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      silence.broken();
      parser.feed(decoder.decode(chunk.value, { stream: true }));
      for (const event of events.splice(0)) {
        const message = parseWatchEvent(event);
        if (!message) continue;
        yield message;
        if (message.type === 'snapshot') inSnapshot = true;
        if (message.type === 'in-sync') inSnapshot = false;
        // A snapshot that is cut off has to begin again: its ids count only once it is closed.
        cursor.lastEventId = inSnapshot ? undefined : (event.id ?? cursor.lastEventId);
        cursor.failures = 0;
      }
    }
  } finally {
    silence.end();
  }
}

const isFinal = ({ status }: ApiProblem): boolean => status === 400 || status === 401 || status === 403;

function watchUrl({ baseUrl, kinds }: WatchOptions): string {
  return `${baseUrl}/v1/watch${kinds ? `?kinds=${kinds.join(',')}` : ''}`;
}

function watchHeaders({ token }: WatchOptions, { lastEventId }: Cursor): Headers {
  const headers = new Headers({ Accept: 'text/event-stream' });
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
  if (lastEventId !== undefined) headers.set('Last-Event-ID', lastEventId);
  return headers;
}

/** Aborts a connection on which nothing has been heard for too long: one that a router has forgotten never ends by itself. */
class Silence {
  readonly #controller = new AbortController();
  readonly signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly limitMs: number,
    outer: AbortSignal,
  ) {
    this.signal = AbortSignal.any([outer, this.#controller.signal]);
    this.broken();
  }

  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(new Error(`The API was silent for ${this.limitMs / 1000} s.`)), this.limitMs);
  }

  /** Lets go of the connection, however it ended. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}

/** Waits, or returns early when the watch is ended. */
function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, durationMs);
    signal.addEventListener('abort', done);
  });
}
