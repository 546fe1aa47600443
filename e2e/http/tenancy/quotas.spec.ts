import supertest, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, Replica } from '../api-under-test';

let under: ApiUnderTest;
beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: ['h1'] });
});
afterAll(() => under.close());

const asTenant = (tenant: string, method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object): Test => {
  const request = under.replica.request(method, path).set('Netyard-Tenant', tenant);
  return body === undefined ? request : request.send(body);
};

async function makeTenant(name: string, quotas: object): Promise<void> {
  await under.replica.post('/v1/tenants', { metadata: { name }, spec: { quotas } }).expect(201);
  await asTenant(name, 'post', '/v1/networks', {
    metadata: { name: 'net' },
    spec: { driver: 'bridge', subnets: [{ cidr: '10.0.0.0/24' }] },
  }).expect(201);
  await asTenant(name, 'post', '/v1/sandboxes', { metadata: { name: 'box' }, spec: { host: 'h1' } }).expect(201);
}

it('limits the requests of a token, and of no other', async () => {
  const limited = await Replica.start(under.database, { NETYARD_REQUESTS_PER_MINUTE: '5' });
  const make = async (): Promise<string> =>
    (await limited.post('/v1/tenants/default/tokens', { spec: { role: 'viewer' } }).expect(201)).body.status.token as string;
  const ask = (token: string): Test => supertest(limited.url).get('/v1/networks').set('Authorization', `Bearer ${token}`);
  const [one, other] = [await make(), await make()];
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(one)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
  const refused = await ask(one).expect(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.headers['ratelimit-policy']).toBe('"requests";q=5;w=60');
  expect(refused.headers['ratelimit']).toBe(`"requests";r=0;t=${refused.headers['retry-after']}`);
  expect(refused.body).toMatchObject({ type: '/problems/rate-limited', retryable: true });
  const answered = await ask(other).expect(200);
  expect(answered.headers['ratelimit']).toMatch(/^"requests";r=4;t=\d+$/);
  for (let request = 0; request < 8; request++) await limited.get('/v1/networks').expect(200);
  await limited.close();
});

describe('a quota', () => {
  it.each([
    { kind: 'networks', limit: 1, collection: 'networks', body: { spec: { driver: 'bridge' } }, used: 1, more: 1, words: 'networks' },
    { kind: 'sandboxes', limit: 1, collection: 'sandboxes', body: { spec: { host: 'h1' } }, used: 1, more: 1, words: 'sandboxes' },
    { kind: 'endpoints', limit: 0, collection: 'endpoints', body: { spec: { network: 'net' } }, used: 0, more: 1, words: 'endpoints' },
    {
      kind: 'addresses',
      limit: 2,
      collection: 'endpoints/bulk',
      body: { items: [1, 2, 3].map(() => ({ spec: { network: 'net' } })) },
      used: 0,
      more: 3,
      words: 'addresses',
    },
    {
      kind: 'bandwidthMbps',
      limit: 100,
      collection: 'endpoints',
      body: { spec: { network: 'net', limits: { ingressMbps: 150, egressMbps: 10 } } },
      used: 0,
      more: 150,
      words: 'Mbit/s of bandwidth',
    },
  ])(
    'of $kind says what is used and what the limit is, and nothing is made',
    async ({ kind, limit, collection, body, used, more, words }) => {
      const tenant = `few-${kind.toLowerCase()}`;
      await makeTenant(tenant, { [kind]: limit });
      const refused = await asTenant(tenant, 'post', `/v1/${collection}`, body).expect(409);
      expect(refused.body).toMatchObject({
        type: '/problems/quota-exceeded',
        detail: `the tenant has ${used} of the ${limit} ${words} that it may have, and this asks for ${more} more`,
      });
      const { body: shown } = await under.replica.get(`/v1/tenants/${tenant}`).expect(200);
      expect(shown.spec.quotas).toMatchObject({ [kind]: limit });
      expect(shown.status.usage).toMatchObject({ [kind]: used });
    },
  );

  it('of published ports counts each of a range', async () => {
    await makeTenant('few-ports', { publishedPorts: 5 });
    await asTenant('few-ports', 'post', '/v1/endpoints', { metadata: { name: 'e' }, spec: { network: 'net' } }).expect(201);
    const publish = (port: number, endPort: number): Test =>
      asTenant('few-ports', 'post', '/v1/endpoints/e/ports', { protocol: 'tcp', port, endPort });
    await publish(1000, 1003).expect(201);
    expect((await publish(2000, 2001).expect(409)).body.detail).toMatch(/4 of the 5 published ports .* asks for 2 more/);
    await publish(2000, 2000).expect(201);
  });

  it('of bandwidth wants limits of every endpoint, and counts changes of them', async () => {
    await makeTenant('slow', { bandwidthMbps: 100 });
    expect((await asTenant('slow', 'post', '/v1/endpoints', { spec: { network: 'net' } }).expect(409)).body.detail).toMatch(/needs limits/);
    const limits = (mbps: number | null): object => ({ spec: { limits: { ingressMbps: mbps, egressMbps: mbps } } });
    await asTenant('slow', 'post', '/v1/endpoints', {
      metadata: { name: 'e' },
      spec: { network: 'net', limits: { ingressMbps: 60, egressMbps: 60 } },
    }).expect(201);
    await asTenant('slow', 'patch', '/v1/endpoints/e', limits(100)).expect(200);
    expect((await asTenant('slow', 'patch', '/v1/endpoints/e', limits(101)).expect(409)).body.detail).toMatch(
      /100 of the 100 .* asks for 1 more/,
    );
    await asTenant('slow', 'patch', '/v1/endpoints/e', limits(null)).expect(409);
    await asTenant('slow', 'patch', '/v1/endpoints/e', limits(10)).expect(200);
    expect((await under.replica.get('/v1/tenants/slow').expect(200)).body.status.usage.bandwidthMbps).toBe(10);
  });

  it('of probes is one for each minute, and says when to come again', async () => {
    await makeTenant('curious', { probesPerMinute: 2 });
    const probe = (): Test =>
      asTenant('curious', 'post', '/v1/probes', { spec: { sandbox: 'box', kind: 'ping', target: '10.0.0.1' } }).set(
        'Prefer',
        'respond-async',
      );
    const answers = [await probe(), await probe(), await probe(), await probe(), await probe()];
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.detail).toBe('the tenant has had 2 of the 2 probes that it may run in a minute');
    expect(refused?.headers).toMatchObject({
      'ratelimit-policy': '"probes";q=2;w=60',
      ratelimit: expect.stringMatching(/^"probes";r=0;t=/),
    });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is held by requests that come at once, and lifted by null', async () => {
    await makeTenant('crowded', { endpoints: 8 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => asTenant('crowded', 'post', '/v1/endpoints', { spec: { network: 'net' } })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(8);
    await under.replica.patch('/v1/tenants/crowded', { spec: { quotas: { endpoints: null } } }).expect(200);
    await asTenant('crowded', 'post', '/v1/endpoints', { spec: { network: 'net' } }).expect(201);
    expect((await under.replica.get('/v1/tenants/crowded').expect(200)).body).toMatchObject({
      spec: { quotas: { endpoints: null } },
      status: { usage: { networks: 1, sandboxes: 1, endpoints: 9, addresses: 9 } },
    });
  });

  it.each([-1, 1.5, 'many'])('cannot be %j', async (endpoints) => {
    const { body } = await under.replica.patch('/v1/tenants/crowded', { spec: { quotas: { endpoints } } }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/spec/quotas/endpoints' }]);
  });
});
