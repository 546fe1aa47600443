import { createTestDatabase, PgBouncer, type TestDatabase } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { DeploymentDatabase } from './deployment-database';
import type { Transaction } from './transaction';

let test: TestDatabase;
let pool: PgBouncer;
beforeAll(async () => {
  test = await createTestDatabase();
  pool = await PgBouncer.start(test.environment.DATABASE_URL);
});
afterAll(async () => {
  await pool.close();
  await test.close();
});

const limits = ['statement_timeout', 'idle_in_transaction_session_timeout'];

describe.each(['the database itself', 'PgBouncer in transaction mode'])('a transaction by %s', (way) => {
  let database: DeploymentDatabase;
  beforeAll(async () => {
    const url = way === 'the database itself' ? test.environment.DATABASE_URL : pool.url;
    const environment = { ...test.environment, DATABASE_URL: url, NETYARD_DATABASE_LISTEN_URL: test.environment.DATABASE_URL };
    database = new DeploymentDatabase(parseConfig({ ...environment, NETYARD_ADMIN_TOKEN: 'none-needed' }));
    await database.onModuleInit();
  });
  afterAll(() => database.end());

  const settings = async (transaction: Transaction): Promise<string[]> => {
    const [row] = await transaction.query<{ values: string[] }>(
      'SELECT array_agg(current_setting(name) ORDER BY n) AS values FROM unnest($1::text[]) WITH ORDINALITY AS s (name, n)',
      [limits],
    );
    return row?.values ?? [];
  };

  it('is ended by the database when it does nothing, or one thing for too long', async () => {
    expect(await database.inTransaction(settings)).toEqual(['1min', '1min']);
    expect(await database.inSnapshot(settings)).toEqual(['1min', '1min']);
  });

  it('is waited for when the process is to end', async () => {
    const other = new DeploymentDatabase(database.config);
    await other.onModuleInit();
    const done = other.inTransaction(async (transaction) => {
      await transaction.query('SELECT pg_sleep(0.2)');
      await transaction.query('SELECT 1');
      return 'done';
    });
    await other.end();
    expect(await Promise.race([done, Promise.resolve('cut off')])).toBe('done');
  });
});
