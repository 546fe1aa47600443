import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hush, TwoTenants } from './two-tenants';

interface Entry {
  id: string;
  tenant: string | null;
  actor: { kind: string; name: string };
  source: string;
  requestId: string;
  method: string;
  path: string;
  resource: string;
  verb: string;
  object: string | null;
  outcome: string;
  status: number;
  problem: string | null;
  before: { metadata: Record<string, unknown>; spec: Record<string, unknown> } | null;
  after: { metadata: Record<string, unknown>; spec: Record<string, unknown> } | null;
}

let world: TwoTenants;
beforeAll(async () => {
  world = await TwoTenants.start();
});
afterAll(() => world.close());

const entries = async (query: string, caller: 'owner' | 'auditor' = 'auditor'): Promise<Entry[]> =>
  (await world.as(caller, 'get', `/v1/audit?${query}`).expect(200)).body.items as Entry[];

describe('the audit', () => {
  it('says who did what, from where, with what it was before and after', async () => {
    const requestId = 'audit-test-1';
    await world
      .as('editor', 'patch', '/v1/networks/network-ours', { metadata: { labels: { tier: 'lab' } } })
      .set('X-Request-Id', requestId)
      .expect(200);
    const [entry] = await entries('actor=as-editor&verb=update');
    expect(entry).toMatchObject({
      tenant: 'ours',
      actor: { kind: 'token', name: 'as-editor' },
      source: expect.stringMatching(/127\.0\.0\.1$/) as string,
      requestId,
      method: 'PATCH',
      path: '/v1/networks/network-ours',
      resource: 'network',
      object: 'network-ours',
      outcome: 'done',
      status: 200,
      before: { metadata: { labels: {} } },
      after: { metadata: { labels: { tier: 'lab' } }, spec: { driver: 'bridge' } },
    });
  });

  it('has what comes and what goes', async () => {
    await world.as('editor', 'post', '/v1/networks', { metadata: { name: 'brief' }, spec: { driver: 'bridge' } }).expect(201);
    await world.as('editor', 'delete', '/v1/networks/brief').expect(204);
    const [gone, made] = await entries('object=brief');
    expect(made).toMatchObject({ verb: 'create', status: 201, before: null, after: { metadata: { name: 'brief' } } });
    expect(gone).toMatchObject({ verb: 'delete', status: 204, before: { metadata: { name: 'brief' } }, after: null });
    await world
      .as('editor', 'post', '/v1/networks/bulk', { items: [{ metadata: { name: 'many-1' }, spec: { driver: 'bridge' } }] })
      .expect(201);
    const [bulk] = await entries('resource=network&actor=as-editor');
    expect(bulk?.after).toEqual({ items: [{ metadata: { id: expect.any(String) as string, name: 'many-1' } }] });
  });

  it('has what was refused, and why', async () => {
    await world.as('viewer', 'delete', '/v1/networks/network-ours').expect(403);
    await world.as('owner', 'delete', `/v1/networks/${world.theirs.network}`).expect(404);
    await world.as('viewer', 'get', '/v1/users').expect(403);
    const [read, other, own] = await entries('outcome=refused');
    expect(own).toMatchObject({ actor: { name: 'as-viewer' }, status: 403, problem: '/problems/forbidden', object: 'network-ours' });
    expect(other).toMatchObject({ actor: { name: 'as-owner' }, status: 404, tenant: 'ours', object: world.theirs.network });
    expect(read).toMatchObject({ actor: { name: 'as-viewer' }, resource: 'user', verb: 'read' });
  });

  it('has nobody’s attempts once a minute, and what they guessed at', async () => {
    for (let time = 0; time < 5; time++)
      await supertest(world.api.url).get('/v1/networks').set('Authorization', 'Bearer made-up').expect(401);
    expect(await entries('outcome=refused&resource=network&verb=read')).toMatchObject([
      { actor: { kind: 'unknown' }, tenant: null, status: 401 },
    ]);
    await supertest(world.api.url).post('/v1/sessions').send({ name: 'ada', password: 'a guess' }).expect(401);
    const [attempt] = await entries('resource=session');
    expect(attempt).toMatchObject({ actor: { kind: 'unknown', name: 'ada' }, status: 401, before: null, after: null });
  });

  it('holds no secret', async () => {
    const { body } = await world.as('owner', 'post', '/v1/tenants/ours/tokens', { spec: { role: 'viewer' } }).expect(201);
    await world.admin('post', '/v1/users', { metadata: { name: 'secretive' }, spec: { password: 'never to be told' } }).expect(201);
    const { text } = await world.as('auditor', 'get', '/v1/audit/export').expect(200);
    expect(text).toContain('secretive');
    expect(text).not.toContain(body.status.token);
    expect(text).not.toMatch(/never to be told|argon2|a guess/);
  });

  it('shows an owner its own tenant’s alone', async () => {
    const { text } = await world.as('owner', 'get', '/v1/audit/export').expect(200);
    expect(text).toContain('network-ours');
    expect(text).not.toContain(hush);
    expect(await entries('tenant=theirs', 'owner')).toEqual([]);
    expect(await entries('tenant=theirs')).not.toEqual([]);
  });

  it('pages, and exports all of it as a line each', async () => {
    const all = (await world.as('auditor', 'get', '/v1/audit/export').expect(200)).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry);
    const seen: Entry[] = [];
    let path: string | undefined = '/v1/audit?limit=7';
    while (path) {
      const page: { body: { items: Entry[] }; headers: Record<string, string> } = await world.as('auditor', 'get', path).expect(200);
      seen.push(...page.body.items);
      path = /<([^>]+)>; rel="next"/.exec(page.headers['link'] ?? '')?.[1];
    }
    expect(seen.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(all.map(({ id }) => Number(id))).toEqual(all.map(({ id }) => Number(id)).sort((a, b) => b - a));
  });

  it('does not have what workers say all the time', async () => {
    expect(await entries('resource=intent')).toEqual([]);
  });
});

it('cannot be written over by the API', async () => {
  const [{ username = '' } = {}] = await world.under.database.execute<{ username: string }>(
    `SELECT string_agg(privilege_type, ',' ORDER BY privilege_type) AS username FROM information_schema.role_table_grants WHERE table_name = 'audit' AND grantee LIKE 'netyard\\_%'`,
  );
  expect(username).toBe('INSERT,SELECT');
});
