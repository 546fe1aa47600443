import supertest, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, Replica } from '../api-under-test';

interface ListedSession {
  id: string;
  current: boolean;
}

const password = 'correct horse battery staple';
let under: ApiUnderTest;
let api: Replica;

beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: [] });
  api = under.replica;
  await api.post('/v1/tenants', { metadata: { name: 'class-a' } }).expect(201);
  await api.post('/v1/tenants', { metadata: { name: 'class-b' } }).expect(201);
  for (const name of ['ada', 'bob', 'eve']) await api.post('/v1/users', { metadata: { name }, spec: { password } }).expect(201);
  for (const tenant of ['class-a', 'class-b'])
    await api
      .request('put', `/v1/tenants/${tenant}/members/ada`)
      .send({ spec: { role: tenant === 'class-a' ? 'editor' : 'viewer' } })
      .expect(200);
  await api
    .request('put', '/v1/tenants/class-a/members/bob')
    .send({ spec: { role: 'owner' } })
    .expect(200);
});
afterAll(() => under.close());

const signIn = (name: string, secret = password): Test => supertest(api.url).post('/v1/sessions').send({ name, password: secret });
const tokenOf = async (name: string, secret = password): Promise<string> => (await signIn(name, secret).expect(201)).body.token as string;
const as = (token: string, method: 'get' | 'post' | 'put' | 'delete', path: string, tenant?: string): Test => {
  const request = supertest(api.url)[method](path).set('Authorization', `Bearer ${token}`);
  return tenant === undefined ? request : request.set('Netyard-Tenant', tenant);
};

describe('signing in', () => {
  it('gives a session that may do what memberships allow, in the tenant that is named', async () => {
    const { body } = await signIn('ada').expect(201);
    expect(body).toMatchObject({
      kind: 'user',
      name: 'ada',
      deploymentRole: null,
      memberships: [
        { tenant: 'class-a', role: 'editor' },
        { tenant: 'class-b', role: 'viewer' },
      ],
      tenant: 'class-a',
      token: expect.stringMatching(/^ny_/) as string,
    });
    const token = body.token as string;
    const network = { metadata: { name: 'web' }, spec: { driver: 'bridge' } };
    await as(token, 'post', '/v1/networks').send(network).expect(201);
    await as(token, 'post', '/v1/networks', 'class-b').send(network).expect(403);
    expect((await as(token, 'get', '/v1/networks', 'class-b').expect(200)).body.items).toEqual([]);
    await as(token, 'get', '/v1/networks', 'default').expect(404);
    expect((await as(token, 'get', '/v1/session', 'class-b').expect(200)).body).toMatchObject({ name: 'ada', tenant: 'class-b' });
    expect((await as(token, 'get', '/v1/session').expect(200)).body.token).toBeUndefined();
  });

  it('tells what may be done in the tenant that is named, as the guard decides it', async () => {
    const token = await tokenOf('ada');
    const permissions = async (tenant: string): Promise<Record<string, string[]>> => {
      const { body } = await as(token, 'get', '/v1/session', tenant).expect(200);
      const listed = body.permissions as { resource: string; verbs: string[] }[];
      return Object.fromEntries(listed.map(({ resource, verbs }) => [resource, verbs]));
    };
    expect(await permissions('class-a')).toMatchObject({ network: ['read', 'create', 'update', 'delete'], member: ['read'] });
    const asViewer = await permissions('class-b');
    expect(asViewer).toMatchObject({ network: ['read'], session: ['read', 'update', 'delete'] });
    expect(asViewer).not.toHaveProperty('token');
  });

  it.each([
    ['a wrong password', 'bob', 'wrong'],
    ['a user that there is not', 'nobody', password],
  ])('refuses %s, and does not tell which it was', async (_, name, secret) => {
    const { body } = await signIn(name, secret).expect(401);
    expect(body).toMatchObject({ type: '/problems/unauthenticated', detail: 'the name or the password is wrong' });
  });

  it('refuses who guesses too often, whatever is guessed next, and says when to come again', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('eve', 'guess')));
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
    const refused = await signIn('eve').expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.type).toBe('/problems/rate-limited');
  });
});

/** Guesses count by source: another process knows nothing of those before. */
describe('sessions', () => {
  beforeAll(async () => {
    api = await Replica.start(under.database);
  });
  afterAll(async () => {
    await api.close();
    api = under.replica;
  });

  it('end when they are signed out, one or all of them', async () => {
    const [one, two, three] = await Promise.all([tokenOf('ada'), tokenOf('ada'), tokenOf('ada')]);
    await as(one, 'delete', '/v1/session').expect(204);
    await as(one, 'get', '/v1/session').expect(401);
    await as(two, 'get', '/v1/session').expect(200);
    await as(two, 'delete', '/v1/sessions').expect(204);
    for (const token of [two, three]) await as(token, 'get', '/v1/session').expect(401);
  });

  it('end, but for the one that asks, when the password changes', async () => {
    const [asks, idle] = await Promise.all([tokenOf('bob'), tokenOf('bob')]);
    const change = (current: string): Test =>
      as(asks, 'put', '/v1/session/password').send({ current, password: 'another long enough one' });
    expect((await change('wrong').expect(422)).body.errors).toMatchObject([{ pointer: '/current' }]);
    await change(password).expect(204);
    await as(asks, 'get', '/v1/session').expect(200);
    await as(idle, 'get', '/v1/session').expect(401);
    await signIn('bob').expect(401);
    await tokenOf('bob', 'another long enough one');
  });

  it('end when an admin disables the user, or sets another password', async () => {
    const token = await tokenOf('ada');
    await api.patch('/v1/users/ada', { spec: { disabled: true } }).expect(200);
    await as(token, 'get', '/v1/session').expect(401);
    await signIn('ada').expect(401);
    await api.patch('/v1/users/ada', { spec: { disabled: false, password: 'a new one, long enough' } }).expect(200);
    const again = await tokenOf('ada', 'a new one, long enough');
    await api.patch('/v1/users/ada', { spec: { password } }).expect(200);
    await as(again, 'get', '/v1/session').expect(401);
  });

  it('lose at once what a membership allowed', async () => {
    const token = await tokenOf('ada');
    await as(token, 'get', '/v1/networks', 'class-b').expect(200);
    await api.delete('/v1/tenants/class-b/members/ada').expect(204);
    await as(token, 'get', '/v1/networks', 'class-b').expect(404);
  });

  it('are listed to their user alone, who ends one of them', async () => {
    const [asks, other] = await Promise.all([tokenOf('ada'), tokenOf('ada')]);
    const foreign = (await as(await tokenOf('bob', 'another long enough one'), 'get', '/v1/sessions').expect(200)).body
      .items as ListedSession[];
    const { body } = await as(asks, 'get', '/v1/sessions').set('User-Agent', 'a browser').expect(200);
    const items = body.items as ListedSession[];
    expect(items.filter(({ current }) => current)).toMatchObject([{ source: '127.0.0.1', provider: null }]);
    expect(JSON.stringify(body)).not.toMatch(/ny_|hash/);
    const mine = new Set(items.map(({ id }) => id));
    expect(foreign.some(({ id }) => mine.has(id))).toBe(false);
    await as(asks, 'delete', `/v1/sessions/${foreign[0]?.id}`).expect(404);
    await as(asks, 'delete', '/v1/sessions/none').expect(404);
    for (const { id } of items.filter(({ current }) => !current)) await as(asks, 'delete', `/v1/sessions/${id}`).expect(204);
    await as(other, 'get', '/v1/session').expect(401);
    expect((await as(asks, 'get', '/v1/sessions').expect(200)).body.items).toHaveLength(1);
  });

  it('of a user who is a member of no tenant can be read and ended, and nothing else can be done', async () => {
    await api.post('/v1/users', { metadata: { name: 'new' }, spec: { password } }).expect(201);
    const { body } = await signIn('new').expect(201);
    const token = body.token as string;
    expect((await as(token, 'get', '/v1/session').expect(200)).body).toMatchObject({ name: 'new', memberships: [], tenant: null });
    await as(token, 'get', '/v1/sessions').expect(200);
    for (const path of ['/v1/networks', '/v1/hosts', '/v1/tenants', '/v1/events', '/v1/users']) {
      const refused = await as(token, 'get', path).expect(403);
      expect(refused.body.detail).toBe('new is a member of no tenant');
    }
    await as(token, 'post', '/v1/networks')
      .send({ spec: { driver: 'bridge' } })
      .expect(403);
    await as(token, 'get', '/v1/session', 'class-a').expect(404);
    const audit = await api.get('/v1/audit?actor=new&outcome=refused').expect(200);
    expect(audit.body.items[0]).toMatchObject({ tenant: null, actor: { kind: 'user', name: 'new' }, resource: 'network', verb: 'create' });
    await as(token, 'put', '/v1/session/password').send({ current: password, password: 'another long enough one' }).expect(204);
    await as(token, 'delete', '/v1/session').expect(204);
    await as(token, 'get', '/v1/session').expect(401);
  });

  it('are none of tokens', async () => {
    const { body } = await api.delete('/v1/session').expect(422);
    expect(body.detail).toMatch(/is no session/);
  });
});

it('tells no password, and no hash of one', async () => {
  const { text } = await api.get('/v1/users/ada').expect(200);
  expect(text).not.toMatch(/argon2|correct horse/);
  expect(JSON.parse(text)).toMatchObject({ status: { hasPassword: true } });
  const short = await api.post('/v1/users', { spec: { password: 'short' } }).expect(400);
  expect(short.text).not.toContain('"short"');
});
