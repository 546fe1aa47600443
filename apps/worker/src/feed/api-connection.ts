import { Agent, request, type Dispatcher } from 'undici';
import type { HostCertificate } from './identity';

/** What a worker shows and takes where the API speaks TLS, as PEM. */
export interface ApiTls {
  /** Null: the authorities that Node.js knows. */
  ca: string | null;
  certificate: string | null;
  key: string | null;
}

/** An answer of the API that is not a success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** A feed that sends nothing, not even its heartbeat of 5 s, for this long is dead. */
const silenceLimitMs = 20_000;
const answerLimitMs = 30_000;

/** Requests to whichever replica of the API answers: after a failure the next URL's turn comes. */
export class ApiConnection {
  /** The last is the one in use; those before it end with what goes on by them. */
  readonly #agents: Agent[] = [];
  #shown: HostCertificate | null = null;
  #turn = 0;

  constructor(
    private readonly urls: string[],
    private readonly credential: { readonly token: string; readonly certificate: HostCertificate | null },
    private readonly tls: ApiTls,
  ) {}

  /** The URL in use. */
  get url(): string {
    return this.urls[this.#turn % this.urls.length] ?? '';
  }

  /** Sends JSON and gives the answer's. Throws ApiError for an answer that is no success, and the network's error when there is none. */
  async send(method: 'PUT' | 'POST', path: string, body: unknown): Promise<unknown> {
    const url = this.url;
    try {
      const answer = await request(url + path, {
        dispatcher: this.#agent(),
        method,
        headers: { authorization: `Bearer ${this.credential.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        headersTimeout: answerLimitMs,
        bodyTimeout: answerLimitMs,
      });
      await this.#check(answer, `${method} ${url}${path}`);
      const text = await answer.body.text();
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    } catch (error) {
      this.#moveOn(url, error);
      throw error;
    }
  }

  /** Opens the feed; yields the text as it arrives. Ends or throws when the connection does. */
  async *stream(path: string, lastEventId: string | null, signal: AbortSignal): AsyncGenerator<string> {
    const url = this.url;
    try {
      const answer = await request(url + path, {
        dispatcher: this.#agent(),
        headers: {
          authorization: `Bearer ${this.credential.token}`,
          accept: 'text/event-stream',
          ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
        },
        signal,
        headersTimeout: silenceLimitMs,
        bodyTimeout: silenceLimitMs,
      });
      await this.#check(answer, `GET ${url}${path}`);
      answer.body.setEncoding('utf8');
      for await (const text of answer.body) yield String(text);
    } catch (error) {
      this.#moveOn(url, error);
      throw error;
    }
    this.#moveOn(url);
  }

  async close(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.destroy()));
  }

  /** Shows the certificate of the host, and as long as it has none, that which it was started with. */
  #agent(): Agent {
    const [latest] = this.#agents.slice(-1);
    const { certificate } = this.credential;
    if (latest && certificate === this.#shown) return latest;
    const { ca } = this.tls;
    const { certificate: cert, key } = certificate ?? this.tls;
    const options = { ...(ca === null ? {} : { ca }), ...(cert === null || key === null ? {} : { cert, key }) };
    const agent = new Agent({ connect: { timeout: 5_000, ...options }, keepAliveTimeout: 30_000 });
    this.#shown = certificate;
    this.#agents.push(agent);
    void latest?.close().then(() => this.#agents.splice(this.#agents.indexOf(latest), 1));
    return agent;
  }

  async #check(answer: Dispatcher.ResponseData, what: string): Promise<void> {
    if (answer.statusCode < 300) return;
    const text = await answer.body.text();
    throw new ApiError(answer.statusCode, `${what} was answered ${answer.statusCode}: ${problemOf(text)}`);
  }

  /** A refusal is the same everywhere; anything else may be this replica's trouble. */
  #moveOn(failedUrl: string, error?: unknown): void {
    const refused = error instanceof ApiError && error.statusCode < 500 && error.statusCode !== 429;
    if (!refused && this.url === failedUrl) this.#turn++;
  }
}

function problemOf(text: string): string {
  try {
    const problem: unknown = JSON.parse(text);
    if (problem && typeof problem === 'object' && 'detail' in problem) return String(problem.detail);
  } catch {
    // Not JSON: said as it is.
  }
  return text.slice(0, 200) || 'no body';
}
