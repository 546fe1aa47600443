import { accessPolicy } from '../../../apps/api/src/access/access-policy';
import type { Role } from '../../../libs/contracts/src';
import { adminToken, type Replica, workerToken } from '../api-under-test';
import type { Operation } from './operation';

/** The role that somebody who asks has, and its share of the requests. Strangers and nobody have none. */
const roles: Record<string, { role: Role | null; share: number }> = {
  admin: { role: 'admin', share: 8 },
  auditor: { role: 'auditor', share: 1 },
  owner: { role: 'owner', share: 3 },
  editor: { role: 'editor', share: 3 },
  viewer: { role: 'viewer', share: 1 },
  'owner of another tenant': { role: 'owner', share: 3 },
  worker: { role: 'worker', share: 1 },
  host: { role: 'host', share: 1 },
  enrolling: { role: 'enrolling', share: 1 },
  stranger: { role: null, share: 1 },
  nobody: { role: null, share: 1 },
};

/** A tenant besides the default one, to which the callers of most roles belong. */
export const otherTenant = 'other';
/** The host whose credential is used. */
export const ownHost = 'h1';

/** Everybody who may ask, with credentials that are good. */
export class Callers {
  readonly #credentials = new Map<string, string>([
    ['admin', adminToken],
    ['worker', workerToken],
    ['stranger', 'not-a-token-of-anybody'],
  ]);

  private constructor(private readonly api: Replica) {}

  static async of(api: Replica): Promise<Callers> {
    const callers = new Callers(api);
    await callers.#keep('auditor', '/v1/tokens', { role: 'auditor' });
    for (const role of ['owner', 'editor', 'viewer']) await callers.#keep(role, '/v1/tenants/default/tokens', { role });
    return callers;
  }

  static readonly shares = Object.entries(roles).map(([caller, { share }]) => ({ caller, share }));

  static readonly withRoles = Object.keys(roles).filter((caller) => roles[caller]?.role);

  /** Whether a caller may do such a thing at all. */
  static may(caller: string, { access }: Operation): boolean {
    const role = roles[caller]?.role ?? null;
    return role !== null && access !== null && (accessPolicy[access.resource][access.verb]?.includes(role) ?? false);
  }

  /** The tenant that all of a caller's requests are about; null where it may name one, or has none. */
  static tenantOf(caller: string): string | null {
    if (caller === 'owner of another tenant') return otherTenant;
    return ['owner', 'editor', 'viewer'].includes(caller) ? 'default' : null;
  }

  authorization(caller: string): string | undefined {
    const credential = this.#credentials.get(caller);
    return credential === undefined ? undefined : `Bearer ${credential}`;
  }

  /** Some requests give the other tenant up: it is made again, and its owner has another token. */
  async haveTenant(): Promise<void> {
    if ((await this.api.get(`/v1/tenants/${otherTenant}`)).status === 200 && this.#credentials.has('owner of another tenant')) return;
    const answer = await this.api.post('/v1/tenants', { metadata: { name: otherTenant } });
    if (answer.status !== 201 && answer.status !== 409) throw new Error(`no other tenant: ${answer.status} ${answer.text}`);
    await this.#keep('owner of another tenant', `/v1/tenants/${otherTenant}/tokens`, { role: 'owner' });
  }

  /** Credentials of hosts end with the host, and with their use. */
  async haveHostCredentials(): Promise<void> {
    const enrol = async (): Promise<string> => {
      await this.api.delete(`/v1/hosts/enrolments/${ownHost}`);
      const { body } = await this.api.post('/v1/hosts/enrolments', { spec: { host: ownHost } }).expect(201);
      return body.status.token as string;
    };
    const { body } = await this.api
      .request('put', `/v1/hosts/${ownHost}/credential`)
      .set('Authorization', `Bearer ${await enrol()}`)
      .send({})
      .expect(200);
    this.#credentials.set('host', body.token as string);
    this.#credentials.set('enrolling', await enrol());
  }

  async #keep(caller: string, path: string, spec: object): Promise<void> {
    const { body } = await this.api.post(path, { spec }).expect(201);
    this.#credentials.set(caller, body.status.token as string);
  }
}
