import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../libs/testing/src/free-port';
import { FakeWorker } from '../../libs/testing/src/fake-worker';
import { NatsServer } from '../../libs/testing/src/nats-server';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/src/postgres';
import { adminToken, Replica, workerToken } from './api-under-test';

/** The pieces of the compose profile `scale`, started by hand: three replicas, NATS, and HAProxy with the file of `deploy/`. */
describe('three replicas behind a load balancer', () => {
  let database: TestDatabase;
  let nats: NatsServer;
  let replicas: Replica[];
  let balancer: ChildProcess;
  let worker: FakeWorker;
  let url: string;

  beforeAll(async () => {
    [database, nats] = [await createTestDatabase(), await NatsServer.start()];
    replicas = await Promise.all([1, 2, 3].map(() => Replica.start(database, { NETYARD_NATS_URL: nats.url })));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const [first, second, third] = replicas.map((replica) => new URL(replica.url).host);
    const env = { PATH: process.env['PATH'], BIND: `127.0.0.1:${port}`, API_1: first, API_2: second, API_3: third };
    balancer = spawn('setpriv', ['--pdeathsig', 'KILL', 'haproxy', '-db', '-f', 'deploy/haproxy.cfg'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), { timeout: 60_000, interval: 50 });
    worker = new FakeWorker({ apiUrl: url, token: workerToken, hostName: 'h1' });
    await worker.start();
  });
  afterAll(async () => {
    await worker.disconnect();
    const ended = once(balancer, 'exit');
    balancer.kill('SIGKILL');
    await ended;
    for (const replica of replicas) await replica.close();
    await nats.close();
    await database.close();
  });

  const post = async (path: string, body: object): Promise<{ status: number; body: { status: { conditions: { status: string }[] } } }> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', prefer: 'wait=60', connection: 'close' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as never };
  };
  const sandbox = (name: string) => post('/v1/sandboxes', { metadata: { name }, spec: { host: 'h1' } });

  it('answer as one', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, number) => sandbox(`s${number}`)));
    for (const { status, body } of answers) expect([status, body.status.conditions[0]?.status]).toEqual([201, 'True']);
  });

  it('go on when one of them ends, with a worker that comes again and resumes', async () => {
    const ended = worker.ended;
    for (const replica of replicas.splice(0, 2)) await replica.close();
    await Promise.race([ended, new Promise((resume) => setImmediate(resume))]);
    await expect
      .poll(() =>
        worker.connect().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await expect.poll(async () => (await sandbox('after')).status).toBe(201);
    await worker.until(() => [...worker.objects.values()].some(({ name }) => name === 'after'));
    expect(worker.messages.filter(({ message }) => message.type === 'snapshot')).toHaveLength(1);
  });
});
