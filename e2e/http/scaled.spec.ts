import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeWorker } from '../../libs/testing/src/fake-worker';
import { NatsServer } from '../../libs/testing/src/nats-server';
import { PgBouncer } from '../../libs/testing/src/pgbouncer';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/src/postgres';
import { Replica, workerToken } from './api-under-test';

/** Three replicas as a larger deployment has them: behind PgBouncer in transaction mode, with NATS between them. */
describe('replicas behind PgBouncer with NATS between them', () => {
  let database: TestDatabase;
  let pool: PgBouncer;
  let nats: NatsServer;
  let replicas: Replica[];
  let worker: FakeWorker;

  beforeAll(async () => {
    database = await createTestDatabase();
    [pool, nats] = [await PgBouncer.start(database.environment.DATABASE_URL), await NatsServer.start()];
    const environment: Record<string, string> = {
      DATABASE_URL: pool.url,
      NETYARD_DATABASE_LISTEN_URL: database.environment.DATABASE_URL,
      NETYARD_NATS_URL: nats.url,
    };
    replicas = await Promise.all([1, 2, 3].map(() => Replica.start(database, environment)));
    worker = new FakeWorker({ apiUrl: replicas[0]?.url ?? '', token: workerToken, hostName: 'h1', features: [] });
    await worker.start();
  });
  afterAll(async () => {
    await worker.disconnect();
    for (const replica of replicas) await replica.close();
    await nats.close();
    await pool.close();
    await database.close();
  });

  const [at, count] = [(number: number): Replica => replicas[number % 3] as Replica, 30];

  it('make whatever is asked of any of them stand, though the worker listens to one', async () => {
    await at(1)
      .post('/v1/networks', { metadata: { name: 'web' }, spec: { driver: 'bridge' } })
      .expect(201);
    const made = Array.from({ length: count }, async (_, number) => {
      await at(number)
        .post('/v1/sandboxes', { metadata: { name: `s${number}` }, spec: { host: 'h1' } })
        .set('Prefer', 'wait=60')
        .expect(201);
      const { body } = await at(number + 1)
        .post('/v1/endpoints', { metadata: { name: `e${number}` }, spec: { network: 'web', sandbox: `s${number}` } })
        .set('Prefer', 'wait=60')
        .expect(201);
      return body.status.conditions[0];
    });
    for (const condition of await Promise.all(made)) expect(condition).toMatchObject({ type: 'Ready', status: 'True' });
    const { body } = await at(2).get('/v1/endpoints?limit=100').expect(200);
    expect(new Set(body.items.map(({ status }: { status: { addresses: string[] } }) => status.addresses[0])).size).toBe(count);
  });

  it('hand a worker over that resumes at another one, and it misses and repeats nothing', async () => {
    await worker.disconnect();
    const before = worker.messages.length;
    await at(0)
      .post('/v1/sandboxes', { metadata: { name: 'meanwhile' }, spec: { host: 'h1' } })
      .expect(201);
    await worker.connect(replicas[1]?.url);
    await at(2)
      .post('/v1/sandboxes', { metadata: { name: 'later' }, spec: { host: 'h1' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    const told = worker.messages.slice(before).map(({ message }) => (message.type === 'upsert' ? message.object.name : message.type));
    expect(told).toEqual(['resume', 'meanwhile', 'in-sync', 'later']);
  });

  it('go on when NATS has been away', async () => {
    await nats.kill();
    await nats.begin();
    const { body } = await at(2)
      .post('/v1/sandboxes', { metadata: { name: 'after' }, spec: { host: 'h1' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    expect(body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
  });
});

describe('configuration', () => {
  it.each([
    {
      variable: 'NETYARD_NATS_URL',
      value: 'http://user:secret@nats:4222',
      detail: 'NETYARD_NATS_URL holds something that is not of the form nats://host:4222 (it is not shown: it may have a password)',
    },
    { variable: 'NETYARD_DATABASE_LISTEN_URL', value: 'localhost', detail: 'NETYARD_DATABASE_LISTEN_URL must begin with postgresql://' },
  ])('names $variable when it cannot be used', async ({ variable, value, detail }) => {
    const environment = { DATABASE_URL: 'postgresql://localhost/none', NETYARD_DATABASE_MIGRATION_URL: 'postgresql://localhost/none' };
    await expect(Replica.start({ environment }, { [variable]: value })).rejects.toThrow(detail);
  });
});
