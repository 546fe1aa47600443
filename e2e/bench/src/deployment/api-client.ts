import { Pool } from 'undici';

/** Requests with an administrator's token over connections that stay open. */
export class ApiClient {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;

  constructor(
    readonly url: string,
    readonly token: string,
    connections = 1,
    about?: { tenant: string; pool: Pool },
  ) {
    this.#pool = about?.pool ?? new Pool(url, { connections, headersTimeout: 90_000, bodyTimeout: 90_000 });
    this.#headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(about ? { 'netyard-tenant': about.tenant } : {}),
    };
  }

  /** The same connections, for requests about a tenant. */
  about(tenant: string): ApiClient {
    return new ApiClient(this.url, this.token, 1, { tenant, pool: this.#pool });
  }

  get<T>(path: string): Promise<T> {
    return this.#send('GET', path);
  }

  /** With `wait`, the answer comes when what was asked for stands, or the seconds are over. */
  post<T>(path: string, body: unknown, { waitSeconds }: { waitSeconds?: number } = {}): Promise<T> {
    return this.#send('POST', path, body, waitSeconds);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.#send('PUT', path, body);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#send('PATCH', path, body);
  }

  /** Waits until it is gone. Throws when it is not gone within the seconds. */
  async delete(path: string, { waitSeconds = 30 }: { waitSeconds?: number } = {}): Promise<void> {
    const pending = await this.#send<unknown>('DELETE', path, undefined, waitSeconds);
    if (pending !== undefined) throw new Error(`DELETE ${path}: not gone after ${waitSeconds} s: ${JSON.stringify(pending)}`);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #send<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, waitSeconds?: number): Promise<T> {
    const response = await this.#pool.request({
      method,
      path,
      headers: waitSeconds === undefined ? this.#headers : { ...this.#headers, prefer: `wait=${waitSeconds}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) throw new Error(`${method} ${path} was answered ${response.statusCode}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
