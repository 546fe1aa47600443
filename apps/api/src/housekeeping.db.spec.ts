import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@netyard/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from './config';
import type { Database } from './database/database';
import { DeploymentDatabase } from './database/deployment-database';
import { FeedLog } from './feed/feed-log';
import { Housekeeping } from './housekeeping';

let test: TestDatabase;
let databases: Database[];

beforeAll(async () => {
  test = await createTestDatabase();
  databases = [1, 2, 3].map(() => new DeploymentDatabase(parseConfig({ ...test.environment, NETYARD_ADMIN_TOKEN: 'none-needed' })));
  await Promise.all(databases.map((database) => database.onModuleInit()));
});
afterAll(async () => {
  for (const database of databases) await database.end();
  await test.close();
});

it('is done by one replica while the others pass', async () => {
  const [one, two, three] = databases as [Database, Database, Database];
  await one.query(`INSERT INTO host (id, name, last_seen_at, is_alive) VALUES ($1, 'silent', now() - interval '1 hour', true)`, [
    randomUUID(),
  ]);
  const isAlive = async (): Promise<boolean | undefined> =>
    (await one.query<{ is_alive: boolean }>(`SELECT is_alive FROM host WHERE name = 'silent'`))[0]?.is_alive;
  await one.inTransaction(async (transaction) => {
    await transaction.query(`SELECT pg_advisory_xact_lock(hashtextextended('netyard looking for silent hosts', 0))`);
    for (const database of [two, three]) await new Housekeeping(database, new FeedLog(database)).findSilentHosts();
    expect(await isAlive()).toBe(true);
  });
  await Promise.all(databases.map((database) => new Housekeeping(database, new FeedLog(database)).findSilentHosts()));
  expect(await isAlive()).toBe(false);
  expect(await one.query(`SELECT count FROM event WHERE object_name = 'silent' AND reason = 'Silent'`)).toEqual([{ count: 1 }]);
});
