import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiProblem } from './problem';
import { watch, type WatchMessage, type WatchOptions } from './watch';

/** A server that answers one watch after the other as it is told, and remembers where each wanted to go on. */
class ScriptedApi {
  readonly askedFrom: (string | undefined)[] = [];
  #server: Server | undefined;

  async start(answers: ((response: ServerResponse) => void)[]): Promise<string> {
    let next = 0;
    this.#server = createServer((request: IncomingMessage, response: ServerResponse) => {
      this.askedFrom.push(request.headers['last-event-id']?.toString());
      answers[next]?.(response);
      next += 1;
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(undefined));
  }
}

const event = (type: string, id: string, data: unknown = {}): string => `event: ${type}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
const network = (name: string) => ({ kind: 'network', metadata: { id: `id-${name}`, name }, spec: {}, status: {} });
const stream = (text: string, end: boolean) => (response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(text);
  if (end) response.end();
};
const problem = (status: number, code: string) => (response: ServerResponse) =>
  response
    .writeHead(status, { 'Content-Type': 'application/problem+json' })
    .end(JSON.stringify({ type: `/problems/${code}`, status, detail: code, errors: [] }));

function told(message: WatchMessage): string {
  switch (message.type) {
    case 'upsert':
      return `+${message.object.metadata.name}`;
    case 'delete':
      return `-${message.id}`;
    case 'snapshot':
    case 'in-sync':
    case 'connected':
      return message.type;
    case 'lost':
      return 'lost';
    default:
      return message satisfies never;
  }
}

describe('watch', () => {
  const api = new ScriptedApi();
  afterEach(() => api.stop());

  /** Follows until so many messages have come. */
  async function follow(baseUrl: string, count: number, options: Partial<WatchOptions> = {}): Promise<string[]> {
    const stop = new AbortController();
    const messages: string[] = [];
    for await (const message of watch({ baseUrl, signal: stop.signal, retryDelaysMs: [1], ...options })) {
      messages.push(told(message));
      if (messages.length === count) stop.abort();
    }
    return messages;
  }

  it('tells a snapshot and the changes after it', async () => {
    const text =
      event('snapshot', '7') +
      event('upsert', '7', network('a')) +
      event('in-sync', '7') +
      event('delete', '8', { kind: 'network', id: 'id-a', name: 'a' });
    expect(await follow(await api.start([stream(text, false)]), 5)).toEqual(['connected', 'snapshot', '+a', 'in-sync', '-id-a']);
  });

  it('goes on after the last event once the connection is back', async () => {
    const first = event('snapshot', '7') + event('in-sync', '7') + event('upsert', '9', network('a'));
    const url = await api.start([stream(first, true), stream(event('in-sync', '9') + event('upsert', '10', network('b')), false)]);
    expect(await follow(url, 8)).toEqual(['connected', 'snapshot', 'in-sync', '+a', 'lost', 'connected', 'in-sync', '+b']);
    expect(api.askedFrom.slice(-2)).toEqual([undefined, '9']);
  });

  it('begins anew where a snapshot was cut off', async () => {
    const cut = event('snapshot', '7') + event('upsert', '7', network('a'));
    const url = await api.start([stream(cut, true), stream(event('snapshot', '8') + event('in-sync', '8'), false)]);
    expect(await follow(url, 7)).toEqual(['connected', 'snapshot', '+a', 'lost', 'connected', 'snapshot', 'in-sync']);
    expect(api.askedFrom.slice(-2)).toEqual([undefined, undefined]);
  });

  it('begins anew where the API does not know the place any more', async () => {
    const first = event('snapshot', '7') + event('in-sync', '7');
    const url = await api.start([
      stream(first, true),
      problem(410, 'watch-expired'),
      stream(event('snapshot', '99') + event('in-sync', '99'), false),
    ]);
    expect(await follow(url, 7)).toEqual(['connected', 'snapshot', 'in-sync', 'lost', 'connected', 'snapshot', 'in-sync']);
    expect(api.askedFrom.slice(-3)).toEqual([undefined, '7', undefined]);
  });

  it('tries again while the API is unavailable', async () => {
    const url = await api.start([problem(503, 'unavailable'), stream(event('snapshot', '1') + event('in-sync', '1'), false)]);
    expect(await follow(url, 4)).toEqual(['lost', 'connected', 'snapshot', 'in-sync']);
  });

  it('gives a connection up on which nothing is heard', async () => {
    const silent = event('snapshot', '1') + event('in-sync', '1');
    const url = await api.start([stream(silent, false), stream(event('in-sync', '1'), false)]);
    expect(await follow(url, 6, { silenceMs: 50 })).toEqual(['connected', 'snapshot', 'in-sync', 'lost', 'connected', 'in-sync']);
  });

  it('passes over events that it does not know', async () => {
    const url = await api.start([stream(event('bookmark', '1') + event('upsert', '2', { kind: 'tunnel' }) + event('in-sync', '3'), false)]);
    expect(await follow(url, 2)).toEqual(['connected', 'in-sync']);
  });

  it('ends with the problem when the token is refused', async () => {
    const url = await api.start([problem(401, 'unauthenticated')]);
    await expect(follow(url, 1)).rejects.toMatchObject({ name: ApiProblem.name, code: 'unauthenticated', status: 401 });
  });
});
