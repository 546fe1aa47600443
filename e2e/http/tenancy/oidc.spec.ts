import supertest, { type Test } from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { IdentityProvider, newKey } from '../../../libs/testing/src/identity-provider';
import { ApiUnderTest, Replica } from '../api-under-test';

const dashboardUrl = 'https://netyard.example.net';
const member = {
  preferred_username: 'Ada.Lovelace@example.net',
  email: 'ada@example.net',
  email_verified: true,
  groups: ['staff', 'class-a'],
};
const accounts = {
  ada: { ...member },
  other: { ...member, email: 'other@example.net' },
  outside: { ...member, preferred_username: 'outside', groups: [] },
  nameless: { ...member, preferred_username: '…' },
};
const membership = {
  claim: 'groups',
  rules: [
    { value: 'class-a', tenant: 'class-a', role: 'editor' },
    { value: 'heads', tenant: 'class-a', role: 'owner' },
    { value: 'class-b', tenant: 'class-b', role: 'viewer' },
    { value: 'class-a', tenant: 'class-gone', role: 'viewer' },
  ],
};
const settings = { admit: { claim: { name: 'groups', values: ['staff'] } }, createUsers: true, memberships: membership };

let provider: IdentityProvider;
let under: ApiUnderTest;
let api: Replica;

beforeAll(async () => {
  provider = await IdentityProvider.start({ dashboardUrl, accounts });
  under = await ApiUnderTest.start({ hosts: [], environment: provider.settings(dashboardUrl, settings) });
  api = under.replica;
  for (const name of ['class-a', 'class-b']) await api.post('/v1/tenants', { metadata: { name } }).expect(201);
});
afterAll(async () => {
  await under.close();
  await provider.close();
});
afterEach(() => {
  provider.tamper = null;
});

const begin = async (at = api): Promise<{ authorizationUrl: string; flow: string }> =>
  (await supertest(at.url).post('/v1/sign-in/oidc').send({ provider: 'campus' }).expect(201)).body;
const complete = (body: { flow: string; query: string }, at = api): Test => supertest(at.url).post('/v1/sessions/oidc').send(body);
/** All the way, as a browser would. */
async function signIn(account: string, at = api): Promise<supertest.Response> {
  const { authorizationUrl, flow } = await begin(at);
  return complete({ flow, query: (await provider.signIn(authorizationUrl, account)).search }, at);
}
const get = (token: string, path: string): Test => supertest(api.url).get(path).set('Authorization', `Bearer ${token}`);

describe('signing in by a provider', () => {
  it('is one of the ways that there are', async () => {
    const { body } = await supertest(api.url).get('/v1/sign-in').expect(200);
    expect(body.items).toEqual([
      { type: 'password', name: 'password', title: 'Name and password' },
      { type: 'oidc', name: 'campus', title: 'Campus account' },
    ]);
  });

  it('makes a user at the first time, with the memberships that the claims give, and is the same user afterwards', async () => {
    const first = await signIn('ada');
    expect(first.status, first.text).toBe(201);
    expect(first.body).toMatchObject({
      kind: 'user',
      name: 'ada-lovelace',
      deploymentRole: null,
      provider: 'campus',
      memberships: [{ tenant: 'class-a', role: 'editor' }],
      token: expect.stringMatching(/^ny_/) as string,
    });
    await get(first.body.token as string, '/v1/networks').expect(200);
    expect((await signIn('ada')).body).toMatchObject({ name: 'ada-lovelace' });
    const { body } = await api.get('/v1/users/ada-lovelace').expect(200);
    expect(body).toMatchObject({
      spec: { identities: [{ issuer: provider.issuer, subject: 'ada' }] },
      status: { hasPassword: false, memberships: [{ tenant: 'class-a', role: 'editor' }] },
    });
  });

  it('never takes an account for a user of the same name or e-mail address', async () => {
    const other = await signIn('other');
    expect(other.status, other.text).toBe(201);
    expect(other.body.name).toMatch(/^ada-lovelace-[0-9a-f]{12}$/);
    expect((await signIn('nameless')).body.name).toMatch(/^user-[0-9a-f]{12}$/);
  });

  it('makes one user of an account that comes twice at once', async () => {
    provider.accounts['twice'] = { ...member, preferred_username: 'twice' };
    const answers = await Promise.all([signIn('twice'), signIn('twice')]);
    expect(answers.map(({ status, body }) => `${status} ${body.name}`)).toEqual(['201 twice', '201 twice']);
  });

  it('follows the claims, and lets memberships by hand be', async () => {
    await api
      .request('put', '/v1/tenants/class-b/members/ada-lovelace')
      .send({ spec: { role: 'owner' } })
      .expect(200);
    const rolesWith = async (...groups: string[]): Promise<string[]> => {
      provider.accounts['ada'] = { ...member, groups: ['staff', ...groups] };
      const { body } = (await signIn('ada')) as { body: { memberships: { tenant: string; role: string }[] } };
      return body.memberships.map(({ tenant, role }) => `${tenant} ${role}`);
    };
    expect(await rolesWith('class-a', 'heads', 'class-b')).toEqual(['class-a owner', 'class-b owner']);
    expect(await rolesWith('class-b')).toEqual(['class-b owner']);
    expect(await rolesWith('class-a')).toEqual(['class-a editor', 'class-b owner']);
    // By hand it is made by hand, whoever made it before.
    await api
      .request('put', '/v1/tenants/class-a/members/ada-lovelace')
      .send({ spec: { role: 'editor' } })
      .expect(200);
    expect(await rolesWith()).toEqual(['class-a editor', 'class-b owner']);
  });

  it('is refused to accounts that may not sign in here, of which nothing is kept', async () => {
    const { status, body } = await signIn('outside');
    expect(`${status} ${body.detail}`).toBe('403 campus: the account may not sign in here: its claim groups has no value that may sign in');
    await api.get('/v1/users/outside').expect(404);
  });

  it('is refused to users that are disabled', async () => {
    await signIn('ada');
    await api.patch('/v1/users/ada-lovelace', { spec: { disabled: true } }).expect(200);
    const { status, body } = await signIn('ada');
    expect(`${status} ${body.detail}`).toBe('403 the user ada-lovelace is disabled');
    await api.patch('/v1/users/ada-lovelace', { spec: { disabled: false } }).expect(200);
  });

  it('wants an admin to link accounts where it makes no users; an account is one user’s', async () => {
    const admit = { emailDomains: ['example.net'] };
    const closed = await Replica.start(under.database, provider.settings(dashboardUrl, { admit }));
    try {
      provider.accounts['bob'] = { ...member };
      const refused = await signIn('bob', closed);
      expect(refused.status).toBe(403);
      expect(refused.body.detail).toContain(`an admin can link it (issuer ${provider.issuer}, subject bob)`);
      const identities = [{ issuer: provider.issuer, subject: 'bob' }];
      await api.post('/v1/users', { metadata: { name: 'bob' }, spec: { identities } }).expect(201);
      const { body } = await signIn('bob', closed);
      expect(body).toMatchObject({ name: 'bob', provider: 'campus' });
      const taken = await api.patch('/v1/users/ada-lovelace', { spec: { identities } }).expect(409);
      expect(taken.body.errors).toMatchObject([{ pointer: '/spec/identities/0' }]);
      provider.accounts['bob'] = { ...member, email_verified: false };
      expect((await signIn('bob', closed)).body.detail).toContain('its e-mail address is not verified');
      provider.accounts['bob'] = { ...member, email: 'bob@example.net.evil.example' };
      expect((await signIn('bob', closed)).body.detail).toContain('of no domain that may sign in');
      await api.patch('/v1/users/bob', { spec: { identities: [] } }).expect(200);
      await get(body.token as string, '/v1/session').expect(401);
    } finally {
      await closed.close();
    }
  });

  it('ends at the provider too, where it says so', async () => {
    const { token } = (await signIn('other')).body as { token: string };
    const { body } = await supertest(api.url).delete('/v1/session').set('Authorization', `Bearer ${token}`).expect(200);
    const url = new URL(body.logoutUrl as string);
    expect(url.origin + url.pathname).toBe(`${provider.issuer}/session/end`);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${dashboardUrl}/sign-in`);
    await get(token, '/v1/session').expect(401);
  });
});

describe('what does not belong together', () => {
  it('sends nobody anywhere but to the dashboard', async () => {
    const request = { provider: 'campus', redirectUri: 'https://evil.example' };
    const { body } = await supertest(api.url).post('/v1/sign-in/oidc').send(request).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/redirectUri' }]);
    const { authorizationUrl } = await begin();
    const { searchParams } = new URL(authorizationUrl);
    expect(searchParams.get('redirect_uri')).toBe(`${dashboardUrl}/sign-in/callback`);
    expect(Object.fromEntries(searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' });
    expect([...searchParams.keys()]).toEqual(expect.arrayContaining(['state', 'nonce', 'code_challenge']));
  });

  it('knows no other providers', async () => {
    const { body } = await supertest(api.url).post('/v1/sign-in/oidc').send({ provider: 'else' }).expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/provider', detail: 'there is no provider else' }]);
  });

  it.each<[string, (query: URLSearchParams) => void, string]>([
    ['another state', (query) => query.set('state', 'forged'), 'no valid answer'],
    ['no state', (query) => query.delete('state'), 'no valid answer'],
    ['another issuer', (query) => query.set('iss', 'https://evil.example'), 'no valid answer'],
    ['no issuer, from a provider that says it', (query) => query.delete('iss'), 'no valid answer'],
    ['no code', (query) => query.delete('code'), 'no valid answer'],
    ['two codes', (query) => query.append('code', 'second'), 'no valid answer'],
    ['another code', (query) => query.set('code', 'forged'), 'does not take the code (invalid_grant)'],
    ['an error', (query) => (query.delete('code'), query.set('error', 'access_denied')), 'let nobody in (access_denied)'],
    ['words for people', (query) => (query.delete('code'), query.set('error', 'call 555 1234')), 'let nobody in (an error without a name)'],
  ])('refuses %s', async (_, forge, detail) => {
    const { authorizationUrl, flow } = await begin();
    const { searchParams } = await provider.signIn(authorizationUrl, 'ada');
    forge(searchParams);
    const { body } = await complete({ flow, query: `${searchParams}` }).expect(401);
    expect(body.detail).toContain(detail);
  });

  it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>, string]>([
    ['nonce', (claims) => ({ ...claims, nonce: 'of another sign-in' }), 'is not for this sign-in (nonce)'],
    ['issuer', (claims) => ({ ...claims, iss: 'https://evil.example' }), 'is not for this sign-in (iss)'],
    ['audience', (claims) => ({ ...claims, aud: 'another client' }), 'is not for this sign-in (aud)'],
    ['party', (claims) => ({ ...claims, aud: ['netyard', 'other'], azp: 'other' }), 'is not for this sign-in (azp)'],
    ['time', (claims) => ({ ...claims, iat: 1, exp: 2 }), 'is not valid at this time (exp)'],
  ])('refuses an ID token with another %s', async (_, tamper, detail) => {
    provider.tamper = tamper;
    const { status, body } = await signIn('ada');
    expect(`${status} ${body.detail}`).toContain(`401 campus: the ID token ${detail}`);
  });

  it('refuses an ID token that somebody else has signed', async () => {
    const own = provider.signingKey;
    provider.tamper = (claims) => claims;
    expect((await signIn('other')).status).toBe(201);
    provider.signingKey = newKey();
    try {
      expect((await signIn('other')).status).toBe(401);
    } finally {
      provider.signingKey = own;
    }
  });

  it('completes a sign-in once, in the browser that began it, and in time', async () => {
    const { authorizationUrl, flow } = await begin();
    const { search: query } = await provider.signIn(authorizationUrl, 'other');
    await complete({ flow: 'ny_guessed', query }).expect(401);
    // A browser that has begun another one: what it is sent by somebody else is of no use.
    await complete({ flow: (await begin()).flow, query }).expect(401);
    await complete({ flow, query }).expect(201);
    const again = await complete({ flow, query }).expect(401);
    expect(again.body.detail).toContain('begin anew');

    const late = await begin();
    const callback = await provider.signIn(late.authorizationUrl, 'other');
    await under.database.execute(`UPDATE sign_in SET expires_at = now() - interval '1 second'`);
    await complete({ flow: late.flow, query: callback.search }).expect(401);
  });

  it('takes no code that has been taken', async () => {
    const first = await begin();
    const { searchParams } = await provider.signIn(first.authorizationUrl, 'other');
    await complete({ flow: first.flow, query: `${searchParams}` }).expect(201);
    const second = await begin();
    searchParams.set('state', new URL(second.authorizationUrl).searchParams.get('state') ?? '');
    const { body } = await complete({ flow: second.flow, query: `${searchParams}` }).expect(401);
    expect(body.detail).toContain('invalid_grant');
  });
});

it('says that a provider is away, which keeps nobody else out', async () => {
  const { authorizationUrl, flow } = await begin();
  const { search: query } = await provider.signIn(authorizationUrl, 'other');
  const fresh = await Replica.start(under.database, provider.settings(dashboardUrl, settings));
  const resume = await provider.stop();
  try {
    const away = await complete({ flow, query }).expect(503);
    expect(away.body).toMatchObject({ type: '/problems/unavailable', retryable: true });
    await supertest(fresh.url).post('/v1/sign-in/oidc').send({ provider: 'campus' }).expect(503).expect('Retry-After', /\d/);
    await supertest(fresh.url).get('/v1/sign-in').expect(200);
    await resume();
    expect((await signIn('other', fresh)).status).toBe(201);
  } finally {
    await fresh.close();
  }
});

it('is told of in the audit, without secrets', async () => {
  provider.accounts['eve'] = { ...member, preferred_username: 'eve' };
  const { body: session } = await signIn('eve');
  const { body } = await api.get('/v1/audit?limit=3').expect(200);
  const entries = body.items as { resource: string; verb: string; object: string; tenant: string | null; actor: { name: string } }[];
  expect(entries.map(({ resource, verb, object, tenant }) => `${resource} ${verb} ${object} ${tenant}`)).toEqual([
    'session create eve null',
    'member update eve class-a',
    'user create eve null',
  ]);
  expect(JSON.stringify(entries)).not.toContain(session.token);
  expect(JSON.stringify(entries)).not.toMatch(/code=|eyJ/);
});
