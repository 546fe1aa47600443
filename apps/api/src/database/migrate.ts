import type { DataSource } from 'typeorm';
import { ensureRoles } from './roles';

/** Any number, the same in all replicas: whoever has the lock migrates. */
const migrationLock = 7_306_154;

/** Runs the migrations that have not been run, for an API that connects by `loginUrl`; replicas that start together do so one after another. */
export async function migrate(source: DataSource, loginUrl: string): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await ensureRoles(runner, loginUrl);
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    await runner.release();
  }
}
