import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedMessage, HostRegistration, HostReport, ObjectReport } from '@netyard/contracts';

/** As much of the API as a worker speaks with, on a port of its own. The test writes the feed. */
export class FakeApi {
  readonly reports = new Map<string, ObjectReport>();
  readonly events: HostReport['events'] = [];
  readonly probes: HostReport['probes'] = [];
  readonly inquiries: HostReport['inquiries'] = [];
  readonly registrations: HostRegistration[] = [];
  /** The Last-Event-ID of each connection to the feed. */
  readonly cursors: (string | null)[] = [];
  /** How many reports came before the first registration. */
  untimelyReports = 0;
  /** Statuses to answer the next reports with, before they are accepted. */
  readonly refusals: number[] = [];
  /** A report on this object is found invalid, and with it all of its request. */
  unacceptableId = '';
  readonly #server: Server;
  #feed: ServerResponse | undefined;
  #heard: (() => void)[] = [];

  private constructor(readonly token: string) {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(token = 'secret', port = 0): Promise<FakeApi> {
    const api = new FakeApi(token);
    api.#server.listen(port, '127.0.0.1');
    await once(api.#server, 'listening');
    return api;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  send(revision: number, ...messages: FeedMessage[]): void {
    this.#feed?.write(messages.map((message) => `id: ${revision}\ndata: ${JSON.stringify(message)}\n\n`).join(''));
  }

  /** Waits until the condition holds; it is looked at whenever the worker has said something. */
  async until(what: string, holds: () => boolean): Promise<void> {
    while (!holds()) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve, reject) => {
        this.#heard.push(resolve);
        timer = setTimeout(() => reject(new Error(`${what} did not come about`)), 60_000);
      }).finally(() => clearTimeout(timer));
    }
  }

  isReady(id: string): boolean {
    return this.reports.get(id)?.conditions.every(({ status }) => status === 'True') ?? false;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      response.writeHead(401, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ detail: 'no such token' }));
    } else if (request.url?.endsWith('/registration')) {
      this.registrations.push(JSON.parse(body));
      response.writeHead(200).end('{}');
    } else if (request.url?.endsWith('/feed')) {
      this.cursors.push(request.headers['last-event-id']?.toString() ?? null);
      this.#feed = response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    } else {
      this.#takeReport(body, response);
    }
    for (const heard of this.#heard.splice(0)) heard();
  }

  #takeReport(body: string, response: ServerResponse): void {
    if (this.registrations.length === 0) this.untimelyReports++;
    const refusal = this.refusals.shift();
    if (refusal !== undefined) {
      response.writeHead(refusal).end();
      return;
    }
    const report: HostReport = JSON.parse(body);
    if (report.objects.some(({ id }) => id === this.unacceptableId)) {
      response.writeHead(422).end();
      return;
    }
    for (const object of report.objects) this.reports.set(object.id, object);
    this.events.push(...report.events);
    this.probes.push(...report.probes);
    this.inquiries.push(...report.inquiries);
    response.writeHead(204).end();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
}
