import { ask } from './authority';
import { Failure } from './failure';

/** The few requests that the launcher itself makes. */
export class ApiRequests {
  constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  /** The status of a GET and its body; status 0 when nobody answers. */
  async get(path: string): Promise<{ status: number; body: unknown }> {
    try {
      return await this.#send('GET', path);
    } catch {
      return { status: 0, body: undefined };
    }
  }

  /** The token of a new enrolment of a host, good once. One that was not used is replaced. Throws Failure when there is none to be had. */
  async enrol(host: string): Promise<string> {
    await this.#send('DELETE', `/v1/hosts/enrolments/${host}`);
    const { status, body } = await this.#send('POST', '/v1/hosts/enrolments', { spec: { host } });
    const token = (body as { status?: { token?: string } } | undefined)?.status?.token;
    if (token === undefined) throw new Failure(`host ${host} could not be enrolled: the API answered ${status}`);
    return token;
  }

  /** True once a host's worker has registered and said that it is well. */
  async isHostReady(name: string): Promise<boolean> {
    const { status, body } = await this.get(`/v1/hosts/${name}`);
    if (status !== 200) return false;
    const conditions = (body as { status?: { conditions?: { type: string; status: string }[] } }).status?.conditions ?? [];
    return conditions.some((condition) => condition.type === 'Ready' && condition.status.toLowerCase() === 'true');
  }

  async #send(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${this.token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const { status, text } = await ask(`${this.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status, body: text.startsWith('{') ? JSON.parse(text) : undefined };
  }
}
