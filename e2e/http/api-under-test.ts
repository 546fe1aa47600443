import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest, { type Test } from 'supertest';
import { createApp } from '../../apps/api/src/app';
import { parseConfig } from '../../apps/api/src/config';
import { FakeWorker, type FakeWorkerOptions } from '../../libs/testing/src/fake-worker';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/src/postgres';

export const adminToken = 'test-admin-token';
export const workerToken = 'test-worker-token';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One API process's worth of the real application, listening on a port of its own. */
export class Replica {
  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
  ) {}

  static async start(database: Pick<TestDatabase, 'environment'>, environment: Record<string, string> = {}): Promise<Replica> {
    const config = parseConfig({
      ...database.environment,
      NETYARD_ADMIN_TOKEN: adminToken,
      NETYARD_WORKER_TOKEN: workerToken,
      NETYARD_LOG_LEVEL: 'error',
      ...environment,
    });
    const app = await createApp(config);
    await app.listen(0, '127.0.0.1');
    return new Replica(app, await app.getUrl());
  }

  /** A request with the admin's token. */
  request(method: Method, path: string): Test {
    return supertest(this.url)[method](path).set('Authorization', `Bearer ${adminToken}`);
  }

  get(path: string): Test {
    return this.request('get', path);
  }

  post(path: string, body: object): Test {
    return this.request('post', path).send(body);
  }

  patch(path: string, body: object): Test {
    return this.request('patch', path).send(body);
  }

  delete(path: string): Test {
    return this.request('delete', path);
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

/** The API with a database of its own and hosts whose workers make everything ready at once. */
export class ApiUnderTest {
  readonly workers: FakeWorker[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly replicas: Replica[],
  ) {}

  static async start({
    replicas = 1,
    hosts = ['h1'],
    environment = {},
  }: { replicas?: number; hosts?: string[]; environment?: Record<string, string> } = {}): Promise<ApiUnderTest> {
    const database = await createTestDatabase();
    const started: Replica[] = [];
    for (let number = 0; number < replicas; number++) started.push(await Replica.start(database, environment));
    const api = new ApiUnderTest(database, started);
    for (const host of hosts) await api.addHost(host);
    return api;
  }

  get replica(): Replica {
    const [first] = this.replicas;
    if (!first) throw new Error('there is no replica');
    return first;
  }

  async addHost(hostName: string, options: Partial<FakeWorkerOptions> = {}): Promise<FakeWorker> {
    const worker = new FakeWorker({ apiUrl: this.replica.url, token: workerToken, hostName, ...options });
    await worker.start();
    this.workers.push(worker);
    return worker;
  }

  async close(): Promise<void> {
    for (const worker of this.workers) await worker.disconnect();
    for (const replica of this.replicas) await replica.close();
    await this.database.close();
  }
}
