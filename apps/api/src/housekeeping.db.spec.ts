import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@netyard/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from './config';
import type { Database } from './database/database';
import { DeploymentDatabase } from './database/deployment-database';
import { Joins } from './endpoints/joins';
import { FeedLog } from './feed/feed-log';
import { Housekeeping } from './housekeeping';
import { PortPlacement } from './ports/port-placement';
import { SandboxMoves } from './sandboxes/sandbox-moves';

const configOf = (environment: Record<string, string>) => parseConfig({ ...environment, NETYARD_ADMIN_TOKEN: 'none-needed' });

function housekeepingOf(database: Database): Housekeeping {
  const ports = new PortPlacement(database.config);
  return new Housekeeping(database, new FeedLog(database), new SandboxMoves(database, new Joins(ports), ports));
}

let test: TestDatabase;
let databases: Database[];

beforeAll(async () => {
  test = await createTestDatabase();
  databases = [1, 2, 3].map(() => new DeploymentDatabase(configOf(test.environment)));
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
    for (const database of [two, three]) await housekeepingOf(database).findSilentHosts();
    expect(await isAlive()).toBe(true);
  });
  await Promise.all(databases.map((database) => housekeepingOf(database).findSilentHosts()));
  expect(await isAlive()).toBe(false);
  expect(await one.query(`SELECT count FROM event WHERE object_name = 'silent' AND reason = 'Silent'`)).toEqual([{ count: 1 }]);
});
