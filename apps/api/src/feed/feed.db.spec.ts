import { randomUUID } from 'node:crypto';
import { createTestDatabase, NatsServer, type TestDatabase } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config';
import type { Database } from '../database/database';
import { DeploymentDatabase } from '../database/deployment-database';
import { FeedHub } from './feed-hub';
import { FeedLog } from './feed-log';
import { NatsTransport } from './transport/nats-transport';
import { PostgresTransport } from './transport/postgres-transport';

/** As much of a replica as the feed needs. */
class Replica {
  readonly database: Database;
  readonly transport: PostgresTransport | NatsTransport;
  readonly hub: FeedHub;
  readonly log: FeedLog;

  constructor({ environment }: TestDatabase, natsUrl: string | undefined) {
    const config = parseConfig({ ...environment, NETYARD_ADMIN_TOKEN: 'none-needed', NETYARD_NATS_URL: natsUrl });
    this.database = new DeploymentDatabase(config);
    this.transport = config.nats ? new NatsTransport(config) : new PostgresTransport(config);
    this.hub = new FeedHub(this.database, this.transport);
    this.log = new FeedLog(this.database);
  }

  async start(): Promise<this> {
    await this.database.onModuleInit();
    await this.transport.onApplicationBootstrap();
    this.hub.onApplicationBootstrap();
    return this;
  }

  async stop(): Promise<void> {
    this.hub.beforeApplicationShutdown();
    await this.hub.onApplicationShutdown();
  }

  /** Follows a stream as connections do, until `count` changes have been seen; gives them. */
  async follow(streamId: string, count: number): Promise<{ id: string; revision: number }[]> {
    const subscription = this.hub.subscribe(streamId);
    const seen: { id: string; revision: number }[] = [];
    let cursor = 0;
    while (seen.length < count) {
      const next = subscription.next(cursor);
      if (next === undefined) {
        await subscription.changed();
        continue;
      }
      const batch = next === 'read' ? await this.log.after(streamId, cursor) : next;
      if (!batch) continue;
      seen.push(...batch.changes);
      cursor = batch.revision;
      if (next === 'read') subscription.wake();
    }
    subscription.close();
    return seen;
  }
}

/** What both transports hold to, with the real servers. */
describe.each(['Postgres', 'NATS'])('the feed by %s', (transport) => {
  let test: TestDatabase;
  let nats: NatsServer | undefined;
  let replicas: [Replica, Replica];
  const stream = randomUUID();
  const other = randomUUID();

  /** Takes away what the transport stands on, and gives it back. */
  const interrupt = async (): Promise<void> => {
    if (nats) {
      await nats.kill();
      await nats.begin();
      return;
    }
    await test.execute(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'netyard-api feed'`);
  };

  beforeAll(async () => {
    test = await createTestDatabase();
    nats = transport === 'NATS' ? await NatsServer.start() : undefined;
    const [one, two] = [new Replica(test, nats?.url), new Replica(test, nats?.url)];
    // Both migrate at the same time.
    await Promise.all([one.start(), two.start()]);
    replicas = [one, two];
    await one.database.query('INSERT INTO stream (id) VALUES ($1), ($2)', [stream, other]);
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.stop();
    await nats?.close();
    await test.close();
  });

  it('shows every change once and in order, to readers of either replica, while both write', async () => {
    const count = 400;
    const readers = replicas.map((replica) => replica.follow(stream, count));
    const ids = Array.from({ length: count }, () => randomUUID());
    await Promise.all(
      ids.map((id, index) =>
        (replicas[index % 2] ?? replicas[0]).database.inTransaction(async (transaction) => {
          // Transactions take their time differently; some write to two streams, in either order.
          await transaction.query('SELECT pg_sleep($1)', [Math.random() / 500]);
          if (index % 3 === 0) transaction.announce(other, 'network', id, 'n');
          transaction.announce(stream, 'endpoint', id, `e${index}`);
          if (index % 3 === 1) transaction.announce(other, 'network', id, 'n');
        }),
      ),
    );
    for (const seen of await Promise.all(readers)) {
      expect(seen.map(({ revision }) => revision)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(ids));
    }
  });

  it('says nothing of a transaction that failed', async () => {
    const [{ database, log }] = replicas;
    const failed = database.inTransaction(async (transaction) => {
      transaction.announce(stream, 'endpoint', randomUUID(), 'never');
      await transaction.query('SELECT 1 / 0');
    });
    await expect(failed).rejects.toThrow('division by zero');
    expect(await log.after(stream, 400)).toBeUndefined();
  });

  it('tells of what was committed in the last moment before it ends', async () => {
    const [one] = replicas;
    const [ending, last] = [await new Replica(test, nats?.url).start(), randomUUID()];
    await one.database.query('INSERT INTO stream (id) VALUES ($1)', [last]);
    const told: number[] = [];
    one.transport.listen({ onNotice: ({ streamId, revision }) => streamId === last && told.push(revision), onGap: () => undefined });
    const changes = Array.from({ length: 40 }, () =>
      ending.database.inTransaction(async (transaction) => {
        transaction.announce(last, 'endpoint', randomUUID(), 'e');
      }),
    );
    await ending.stop();
    await Promise.all(changes);
    await expect.poll(() => Math.max(...told)).toBe(40);
  });

  it('can be resumed for as long as nothing after the place is forgotten', async () => {
    const [{ database, log }] = replicas;
    expect([
      await log.canResume(stream, 0),
      await log.canResume(stream, 400),
      await log.canResume(stream, 401),
      await log.canResume(randomUUID(), 0),
    ]).toEqual([true, true, false, false]);
    await database.query(`UPDATE feed SET created_at = now() - interval '2 hours' WHERE stream_id = $1 AND revision <= 100`, [stream]);
    await log.prune();
    expect([await log.canResume(stream, 99), await log.canResume(stream, 100), await log.canResume(stream, 400)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('wakes who waits for an object when another replica changes it, and after the database was away', async () => {
    const [one, two] = replicas;
    const id = randomUUID();
    const watch = one.hub.watchObjects();
    watch.add(id);
    await two.database.inTransaction(async (transaction) => transaction.announce(stream, 'endpoint', id, 'e'));
    expect(await watch.next(60_000)).toEqual([id]);
    await interrupt();
    expect(await watch.next(60_000)).toEqual([id]);
    watch.close();
  });

  it('tells of all of a thousand changes that come at once, and goes on to tell after an interruption', async () => {
    const [one, two] = replicas;
    const burst = randomUUID();
    await one.database.query('INSERT INTO stream (id) VALUES ($1)', [burst]);
    const reader = one.follow(burst, 1_001);
    const change = () => two.database.inTransaction(async (transaction) => transaction.announce(burst, 'endpoint', randomUUID(), 'e'));
    await Promise.all(Array.from({ length: 1_000 }, change));
    await interrupt();
    await change();
    expect((await reader).map(({ revision }) => revision)).toEqual(Array.from({ length: 1_001 }, (_, index) => index + 1));
  });

  it('finds what a replica committed that ended before it could tell', async () => {
    const [one, two] = replicas;
    const silent = randomUUID();
    await one.database.query('INSERT INTO stream (id) VALUES ($1)', [silent]);
    const reader = one.follow(silent, 1);
    // As a transaction writes it, by nobody who tells.
    await two.database.query(
      `WITH told AS (UPDATE stream SET revision = 1 WHERE id = $1) INSERT INTO feed (stream_id, revision, kind, object_id, name) VALUES ($1, 1, 'endpoint', $2, 'e')`,
      [silent, randomUUID()],
    );
    expect((await reader).map(({ revision }) => revision)).toEqual([1]);
  });
});
