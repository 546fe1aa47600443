import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, ApiUnderTest, type Replica, workerToken } from './api-under-test';
import supertest from 'supertest';
import { endpointRefusals } from './refusals/endpoints';
import { networkRefusals } from './refusals/networks';
import { otherRefusals } from './refusals/others';
import { policyRefusals } from './refusals/policies';
import { portRefusals } from './refusals/ports';

let under: ApiUnderTest;
let api: Replica;
let heartbeat: NodeJS.Timeout;

beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: ['h1', 'h2'] });
  api = under.replica;
  await under.addHost('routed', { routes: ['198.51.100.0/24', '0.0.0.0/0'] });
  // Hosts that fall silent on a slow machine would be something that has changed.
  heartbeat = setInterval(() => void Promise.all(under.workers.map((worker) => worker.register())).catch(() => undefined), 5_000);
  await api.post('/v1/networks', { metadata: { name: 'lab' }, spec: { driver: 'bridge', subnets: [{ cidr: '10.1.0.0/16' }] } }).expect(201);
  await api
    .post('/v1/networks', { metadata: { name: 'tiny' }, spec: { driver: 'bridge', subnets: [{ cidr: '192.0.2.0/30' }] } })
    .expect(201);
  await api.post('/v1/networks', { metadata: { name: 'alone' }, spec: { driver: 'none' } }).expect(201);
  await api.post('/v1/networks', { metadata: { name: 'stack' }, spec: { driver: 'host' } }).expect(201);
  await api.post('/v1/networks', { metadata: { name: 'pinned' }, spec: { driver: 'bridge', host: 'h2' } }).expect(201);
  for (const name of ['a', 'b', 'c', 'd']) await api.post('/v1/sandboxes', { metadata: { name }, spec: { host: 'h1' } }).expect(201);
  await api.post('/v1/sandboxes', { metadata: { name: 'root' }, spec: { host: 'h1', namespace: { type: 'host' } } }).expect(201);
  await api
    .post('/v1/sandboxes', { metadata: { name: 'taken' }, spec: { host: 'h1', namespace: { type: 'adopted', pid: 77 } } })
    .expect(201);
  await api
    .post('/v1/endpoints', {
      metadata: { name: 'used' },
      spec: { network: 'lab', sandbox: 'a', addresses: ['10.1.0.9'], macAddress: '02:00:00:00:00:09', interfaceName: 'lan' },
    })
    .expect(201);
  await api
    .post('/v1/endpoints/used/ports', { metadata: { name: 'http' }, protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0' })
    .expect(201);
  await api
    .post('/v1/networks', { metadata: { name: 'shut' }, spec: { driver: 'bridge', internal: true, subnets: [{ cidr: '10.2.0.0/24' }] } })
    .expect(201);
  await api.post('/v1/endpoints', { metadata: { name: 'shut' }, spec: { network: 'shut' } }).expect(201);
  await api.post('/v1/policies', { metadata: { name: 'there' }, spec: { network: 'lab' } }).expect(201);
  await api.post('/v1/endpoints', { metadata: { name: 'free' }, spec: { network: 'lab' } }).expect(201);
  await api.post('/v1/endpoints', { metadata: { name: 'last' }, spec: { network: 'tiny' } }).expect(201);
  await api
    .post('/v1/endpoints', { metadata: { name: 'lonely' }, spec: { network: 'alone', sandbox: 'c' } })
    .set('Prefer', 'wait=60')
    .expect(201);
});
afterAll(() => {
  clearInterval(heartbeat);
  return under.close();
});

/** All that there is, to see that a refused request has changed nothing. */
async function everything(): Promise<unknown> {
  const lists = await Promise.all(
    ['networks', 'sandboxes', 'endpoints', 'ports', 'policies', 'hosts'].map((kind) => api.get(`/v1/${kind}?limit=500`).expect(200)),
  );
  return lists.map(({ body }) =>
    (body as { items: { metadata: { id: string; resourceVersion: string } }[] }).items.map(
      ({ metadata }) => `${metadata.id} ${metadata.resourceVersion}`,
    ),
  );
}

describe('bad input', () => {
  it.each([...networkRefusals, ...endpointRefusals, ...portRefusals, ...policyRefusals, ...otherRefusals])(
    'refuses $name',
    async ({ method = 'post', path, body, headers = {}, status, code, pointer, detail }) => {
      const before = await everything();
      const request = api.request(method, path).set({ ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
      const answer = await (body === undefined ? request : request.send(body));
      expect(answer.body, JSON.stringify(answer.body)).toMatchObject({
        type: `/problems/${code}`,
        status,
        instance: path.split('?')[0],
        retryable: expect.any(Boolean) as boolean,
      });
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.body.detail).toMatch(detail);
      expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
      if (pointer !== undefined) expect((answer.body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
      expect(await everything()).toEqual(before);
    },
  );

  it('refuses the 1,024th endpoint of one bridge, whoever asks at the same time', async () => {
    await api
      .post('/v1/networks', { metadata: { name: 'full' }, spec: { driver: 'bridge', subnets: [{ cidr: '10.4.0.0/16' }] } })
      .expect(201);
    const sandboxes = (from: number, count: number): object => ({
      items: Array.from({ length: count }, (_, index) => ({ metadata: { name: `s${from + index}` }, spec: { host: 'h1' } })),
    });
    await api.post('/v1/sandboxes/bulk', sandboxes(0, 1000)).expect(201);
    await api.post('/v1/sandboxes/bulk', sandboxes(1000, 30)).expect(201);
    const items = (from: number, count: number): object => ({
      items: Array.from({ length: count }, (_, index) => ({ spec: { network: 'full', sandbox: `s${from + index}` } })),
    });
    await api.post('/v1/endpoints/bulk', items(0, 1000)).expect(201);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => api.post('/v1/endpoints', { spec: { network: 'full', sandbox: `s${1000 + index}` } })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(23);
    const refused = answers.find(({ status }) => status !== 201);
    expect(refused?.body).toMatchObject({
      type: '/problems/limit-reached',
      status: 409,
      detail: expect.stringMatching(/1023 endpoints on one host.*host h1/) as string,
    });
  });

  it('refuses a subnet that a host routes elsewhere when an endpoint would bring it there', async () => {
    await api
      .post('/v1/networks', { metadata: { name: 'roaming' }, spec: { driver: 'bridge', subnets: [{ cidr: '198.51.100.0/26' }] } })
      .expect(201);
    await api.post('/v1/sandboxes', { metadata: { name: 'there' }, spec: { host: 'routed' } }).expect(201);
    const answer = await api.post('/v1/endpoints', { spec: { network: 'roaming', sandbox: 'there' } }).expect(409);
    expect(answer.body).toMatchObject({
      type: '/problems/subnet-overlap',
      detail: expect.stringContaining('198.51.100.0/24 of host routed') as string,
    });
  });
});

describe('tokens', () => {
  it.each([
    ['no token', undefined],
    ['an unknown token', 'Bearer something-else'],
    ['another scheme', `Basic ${adminToken}`],
  ])('refuses %s', async (_, authorization) => {
    const request = supertest(api.url).get('/v1/networks');
    const answer = await (authorization ? request.set('Authorization', authorization) : request);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.body.type).toBe('/problems/unauthenticated');
  });

  it('lets workers do what workers do, and no more', async () => {
    const answer = await supertest(api.url).get('/v1/networks').set('Authorization', `Bearer ${workerToken}`);
    expect(answer.body).toMatchObject({ type: '/problems/forbidden', status: 403 });
    await supertest(api.url)
      .post('/v1/hosts/h1/reports')
      .set('Authorization', `Bearer ${workerToken}`)
      .send({ objects: [], probes: [], events: [] })
      .expect(204);
  });

  it('needs none for health, metrics and documentation', async () => {
    for (const path of ['/livez', '/readyz', '/metrics', '/openapi.json', '/docs/']) await supertest(api.url).get(path).expect(200);
  });
});
