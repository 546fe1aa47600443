import { randomUUID } from 'node:crypto';
import supertest, { type Test } from 'supertest';
import { adminToken, ApiUnderTest, type Replica, workerToken } from '../api-under-test';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
/** Whose the object is that a request names; `shared` is another tenant's that is shared with one's own. */
export type Whose = 'own' | 'other' | 'shared' | 'missing';
export const callers = ['admin', 'auditor', 'owner', 'editor', 'viewer', 'read-only', 'worker', 'host', 'nobody'] as const;
export type Caller = (typeof callers)[number];

/** What there is of a tenant, by id. */
export interface Belongings {
  tenant: string;
  network: string;
  /** On its host. */
  router: string;
  sandbox: string;
  endpoint: string;
  port: string;
  policy: string;
  probe: string;
  token: string;
  member: string;
  host: string;
  /** By which its worker calls the host. */
  hostName: string;
}

/** In the name of everything that tenant `ours` is not to know of. */
export const hush = 'hush';

/** A deployment with two tenants who have the same things with the same addresses; one shares a network with the other. */
export class TwoTenants {
  readonly tokens = new Map<Caller, string>();
  ours!: Belongings;
  theirs!: Belongings;
  /** A network of theirs that is shared with us. */
  shared!: string;
  deploymentToken!: string;
  user!: string;

  private constructor(readonly under: ApiUnderTest) {}

  static async start(): Promise<TwoTenants> {
    const world = new TwoTenants(await ApiUnderTest.start({ hosts: [] }));
    await world.under.addHost('host-ours', {
      answerTo: ({ type }) => {
        if (type === 'sandbox-stack') return { type, stack: emptyStack };
        return type === 'resolver' ? { type, resolver: emptyResolver } : null;
      },
    });
    await world.under.addHost(`host-${hush}`, { answerTo: () => null });
    world.user = (await world.admin('post', '/v1/users', { metadata: { name: 'ada' } }).expect(201)).body.metadata.id;
    world.ours = await world.#furnish('ours', 'ours', 'host-ours');
    world.theirs = await world.#furnish(`theirs`, hush, `host-${hush}`);
    await world.admin('patch', `/v1/hosts/host-${hush}`, { spec: { tenants: ['theirs'] } }).expect(200);
    world.shared = (await world.create('theirs', 'networks', { metadata: { name: 'lent' }, spec: { driver: 'bridge' } })).id;
    await world.admin('put', `/v1/networks/${world.shared}/shares/ours`, undefined, 'theirs').expect(200);
    await world.#makeTokens();
    return world;
  }

  get api(): Replica {
    return this.under.replica;
  }

  /** A request by one of the callers, about our tenant. */
  as(caller: Caller, method: Method, path: string, body?: object): Test {
    const request = supertest(this.api.url)[method](path);
    const token = this.tokens.get(caller);
    if (token !== undefined) void request.set('Authorization', `Bearer ${token}`);
    if (['admin', 'auditor'].includes(caller) && !path.startsWith('/v1/tenants/')) void request.set('Netyard-Tenant', 'ours');
    return body === undefined ? request : request.send(body);
  }

  /** A request by the admin, about any tenant. */
  admin(method: Method, path: string, body?: object, tenant?: string): Test {
    const request = supertest(this.api.url)[method](path).set('Authorization', `Bearer ${adminToken}`);
    if (tenant !== undefined) void request.set('Netyard-Tenant', tenant);
    return body === undefined ? request : request.send(body);
  }

  async create(tenant: string, collection: string, body: object): Promise<{ id: string }> {
    const answer = await this.admin('post', `/v1/${collection}`, body, tenant).set('Prefer', 'wait=10, respond-async');
    if (answer.status > 202) throw new Error(`creating ${collection} for ${tenant}: ${JSON.stringify(answer.body)}`);
    return (answer.body as { metadata: { id: string } }).metadata;
  }

  of(whose: Whose): Belongings {
    if (whose === 'own') return this.ours;
    if (whose === 'other') return this.theirs;
    if (whose === 'shared') return { ...this.theirs, network: this.shared };
    return Object.fromEntries(Object.keys(this.ours).map((key) => [key, randomUUID()])) as unknown as Belongings;
  }

  close(): Promise<void> {
    return this.under.close();
  }

  /** The same subnet and the same names but for their mark, for every tenant. */
  async #furnish(tenant: string, mark: string, host: string): Promise<Belongings> {
    const { id } = (await this.admin('post', '/v1/tenants', { metadata: { name: tenant } }).expect(201)).body.metadata as { id: string };
    const make = (collection: string, body: object): Promise<string> => this.create(tenant, collection, body).then((made) => made.id);
    const name = (kind: string): { metadata: { name: string } } => ({ metadata: { name: `${kind}-${mark}` } });
    const spec = { driver: 'bridge', subnets: [{ cidr: '10.0.0.0/24' }] };
    const network = await make('networks', { ...name('network'), spec });
    await make('networks', { ...name('placed'), spec: { driver: 'bridge', host } });
    const { body: router } = await this.admin('get', `/v1/routers/${host}`, undefined, tenant).expect(200);
    const sandbox = await make('sandboxes', { ...name('sandbox'), spec: { host } });
    const endpoint = await make('endpoints', { ...name('endpoint'), spec: { network } });
    const port = await make(`endpoints/${endpoint}/ports`, { ...name('port'), protocol: 'tcp', port: 80 });
    const policy = await make('policies', { ...name('policy'), spec: { network } });
    const probe = await make('probes', { ...name('probe'), spec: { sandbox, kind: 'ping', target: '10.0.0.1' } });
    const token = await make(`tenants/${tenant}/tokens`, { ...name('token'), spec: { role: 'viewer' } });
    await this.admin('put', `/v1/tenants/${tenant}/members/ada`, { spec: { role: 'viewer' } }).expect(200);
    const { body } = await this.admin('get', `/v1/hosts/${host}`).expect(200);
    return {
      tenant: id,
      network,
      router: router.metadata.id as string,
      sandbox,
      endpoint,
      port,
      policy,
      probe,
      token,
      member: this.user,
      host: body.metadata.id as string,
      hostName: host,
    };
  }

  async #makeTokens(): Promise<void> {
    const make = async (caller: Caller, path: string, spec: object): Promise<string> => {
      const { body } = await this.admin('post', path, { metadata: { name: `as-${caller}` }, spec }).expect(201);
      this.tokens.set(caller, body.status.token as string);
      return body.metadata.id as string;
    };
    this.tokens.set('admin', adminToken);
    this.tokens.set('worker', workerToken);
    this.deploymentToken = await make('auditor', '/v1/tokens', { role: 'auditor' });
    const { body } = await this.admin('post', '/v1/hosts/enrolments', { spec: { host: 'host-ours' } }).expect(201);
    const exchanged = await supertest(this.api.url)
      .put('/v1/hosts/host-ours/credential')
      .set('Authorization', `Bearer ${body.status.token}`)
      .send({})
      .expect(200);
    this.tokens.set('host', exchanged.body.token as string);
    await this.admin('post', '/v1/hosts/enrolments', { spec: { host: `host-${hush}` } }).expect(201);
    for (const role of ['owner', 'editor', 'viewer'] as const) await make(role, '/v1/tenants/ours/tokens', { role });
    await make('read-only', '/v1/tenants/ours/tokens', { role: 'owner', readOnly: true });
  }
}

const emptyResolver = {
  listening: true,
  address: '127.0.0.11',
  resolvConf: '',
  records: [],
  recordCount: 0,
  upstreams: [],
  queries: { total: 0, answered: 0, noData: 0, nameError: 0, forwarded: 0, cached: 0, refused: 0, formatError: 0, serverFailure: 0 },
  failures: [],
};

const emptyStack = {
  observedAt: '2026-01-01T00:00:00.000Z',
  links: [],
  routes: [],
  neighbours: [],
  linkCount: 0,
  routeCount: 0,
  neighbourCount: 0,
};
