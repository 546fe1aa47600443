import { ask } from './authority';

/** The few requests that the launcher itself makes. */
export class ApiRequests {
  constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  /** The status of a GET and its body; status 0 when nobody answers. */
  async get(path: string): Promise<{ status: number; body: unknown }> {
    try {
      const { status, text } = await ask(`${this.url}${path}`, { authorization: `Bearer ${this.token}` });
      return { status, body: text.startsWith('{') ? JSON.parse(text) : undefined };
    } catch {
      return { status: 0, body: undefined };
    }
  }

  /** True once a host's worker has registered and said that it is well. */
  async isHostReady(name: string): Promise<boolean> {
    const { status, body } = await this.get(`/v1/hosts/${name}`);
    if (status !== 200) return false;
    const conditions = (body as { status?: { conditions?: { type: string; status: string }[] } }).status?.conditions ?? [];
    return conditions.some((condition) => condition.type === 'Ready' && condition.status.toLowerCase() === 'true');
  }
}
