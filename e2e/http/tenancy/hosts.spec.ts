import supertest, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeWorker } from '../../../libs/testing/src/fake-worker';
import { ApiUnderTest } from '../api-under-test';

let under: ApiUnderTest;
beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: ['h1'] });
});
afterAll(() => under.close());

const enrol = async (host: string, spec: object = {}): Promise<string> =>
  (await under.replica.post('/v1/hosts/enrolments', { spec: { host, ...spec } }).expect(201)).body.status.token as string;
const exchange = (host: string, token: string): Test =>
  supertest(under.replica.url).put(`/v1/hosts/${host}/credential`).set('Authorization', `Bearer ${token}`).send({});
const credentialOf = async (host: string): Promise<string> => (await exchange(host, await enrol(host)).expect(200)).body.token as string;
const as = (token: string, method: 'get' | 'post' | 'put' | 'delete', path: string): Test =>
  supertest(under.replica.url)[method](path).set('Authorization', `Bearer ${token}`);
const nothing = { objects: [], probes: [], inquiries: [], events: [] };

describe('an enrolment', () => {
  it('gives a host a credential of its own, once', async () => {
    const token = await enrol('e1');
    expect(token).toMatch(/^ny_enrol_/);
    expect((await under.replica.get('/v1/hosts/enrolments').expect(200)).text).not.toContain(token);
    const answers = await Promise.all([exchange('e1', token), exchange('e1', token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    await exchange('e1', token).expect(401);
    expect((await under.replica.get('/v1/hosts/enrolments').expect(200)).body.items).toEqual([]);
  });

  it('is for its host alone, and for nothing else', async () => {
    const token = await enrol('e2');
    await exchange('h1', token).expect(404);
    await as(token, 'get', '/v1/hosts/e2/feed').expect(403);
    await as(token, 'get', '/v1/networks').expect(403);
    await exchange('e2', token).expect(200);
  });

  it('can be taken back, and is made once for a host', async () => {
    const token = await enrol('e3');
    expect((await under.replica.post('/v1/hosts/enrolments', { spec: { host: 'e3' } }).expect(409)).body.type).toBe('/problems/name-taken');
    await under.replica.delete('/v1/hosts/enrolments/e3').expect(204);
    await exchange('e3', token).expect(401);
    await under.replica.post('/v1/hosts/enrolments', { spec: { host: 'No Label' } }).expect(400);
  });

  it('ends all credentials that a host of that name had', async () => {
    const before = await credentialOf('e4');
    await credentialOf('e4');
    await exchange('e4', before).expect(401);
  });
});

describe('a credential of a host', () => {
  it('is all that its worker needs', async () => {
    const worker = new FakeWorker({ apiUrl: under.replica.url, token: await credentialOf('c1'), hostName: 'c1' });
    await worker.start();
    under.workers.push(worker);
    await under.replica
      .post('/v1/sandboxes', { metadata: { name: 'on-c1' }, spec: { host: 'c1' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    await under.replica.get('/v1/hosts/c1').expect(200);
  });

  it('reads no other host’s intent, speaks for no other host, and changes nothing', async () => {
    const token = await credentialOf('c2');
    for (const path of ['/v1/hosts/h1/feed', '/v1/hosts/nobodys/feed']) await as(token, 'get', path).expect(404);
    await as(token, 'post', '/v1/hosts/h1/reports').send(nothing).expect(404);
    await as(token, 'put', '/v1/hosts/h1/registration').send({}).expect(404);
    await exchange('h1', token).expect(404);
    for (const path of [
      '/v1/networks',
      '/v1/sandboxes',
      '/v1/hosts',
      '/v1/hosts/c2',
      '/v1/tenants',
      '/v1/users',
      '/v1/audit',
      '/v1/session',
      '/v1/watch',
    ])
      await as(token, 'get', path).expect(403);
    await as(token, 'post', '/v1/networks')
      .send({ spec: { driver: 'bridge' } })
      .expect(403);
    await as(token, 'delete', '/v1/sandboxes/on-c1').expect(403);
    await as(token, 'post', '/v1/hosts/enrolments')
      .send({ spec: { host: 'c3' } })
      .expect(403);
  });

  it('cannot say of another host’s objects that they are there, gone, or in trouble', async () => {
    const { body: sandbox } = await under.replica
      .post('/v1/sandboxes', { metadata: { name: 'victim' }, spec: { host: 'h1' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    const id = sandbox.metadata.id as string;
    const worker = new FakeWorker({ apiUrl: under.replica.url, token: await credentialOf('thief'), hostName: 'thief' });
    await worker.start();
    under.workers.push(worker);
    await worker.report({
      objects: [
        {
          kind: 'sandbox',
          id: id as never,
          observedGeneration: 1,
          gone: false,
          conditions: [{ type: 'NamespaceReady', status: 'False', reason: 'Lie', message: 'a lie' }],
        },
        { kind: 'sandbox', id: id as never, observedGeneration: 1, gone: true, conditions: [] },
      ],
      events: [{ kind: 'sandbox', id, type: 'Warning', reason: 'Lie', message: 'a lie about another host' }],
    });
    const { body } = await under.replica.get('/v1/sandboxes/victim').expect(200);
    expect(body).toEqual(sandbox);
    const { body: events } = await under.replica.get(`/v1/events?id=${id}`).expect(200);
    expect((events.items as { reason: string }[]).map(({ reason }) => reason)).not.toContain('Lie');
    // What it said is kept, as said by the host that said it.
    const { body: own } = await under.replica.get('/v1/events?kind=host').expect(200);
    expect((own.items as { objectName: string; reason: string }[]).filter(({ reason }) => reason === 'Lie')).toMatchObject([
      { objectName: 'thief' },
    ]);
  });

  it('is exchanged for another one, and is good until that is used', async () => {
    const first = await credentialOf('r1');
    const lost = (await exchange('r1', first).expect(200)).body.token as string;
    // The worker was killed before it had kept that one.
    const second = (await exchange('r1', first).expect(200)).body.token as string;
    await exchange('r1', lost).expect(401);
    const report = (token: string): Test => as(token, 'post', '/v1/hosts/r1/reports').send(nothing);
    await report(first).expect(404);
    await report(second).expect(404);
    await report(first).expect(401);
  });

  it('ends with its host', async () => {
    const token = await credentialOf('gone');
    const worker = new FakeWorker({ apiUrl: under.replica.url, token, hostName: 'gone' });
    await worker.start();
    await under.replica.delete('/v1/hosts/gone?force=true').expect(204);
    await worker.disconnect();
    await as(token, 'get', '/v1/hosts/gone/feed').expect(401);
    await as(token, 'put', '/v1/hosts/gone/registration').send({}).expect(401);
  });
});

it('says what of whom is on a host', async () => {
  await under.addHost('d1');
  for (const tenant of ['default', 'class-a']) {
    if (tenant !== 'default') await under.replica.post('/v1/tenants', { metadata: { name: tenant } }).expect(201);
    await under.replica
      .post('/v1/sandboxes', { metadata: { name: 'stays' }, spec: { host: 'd1' } })
      .set('Netyard-Tenant', tenant)
      .expect(201);
  }
  const { body } = await under.replica.get('/v1/hosts/d1/placed').expect(200);
  const told = (body.items as { kind: string; name: string; tenant: string }[]).map(
    ({ kind, name, tenant }) => `${tenant} ${kind} ${name}`,
  );
  expect(told.sort()).toEqual(['class-a sandbox stays', 'default network default-d1', 'default sandbox stays']);
});
