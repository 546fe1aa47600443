import type { QueryResultRow } from 'pg';
import { Database } from './database';
import { acrossTenants } from './scope';
import type { Transaction } from './transaction';

/** The database as work of the deployment meets it, whoever calls: for tests of what lies below requests. */
export class DeploymentDatabase extends Database {
  override query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]> {
    return acrossTenants(() => super.query<Row>(sql, values));
  }

  override inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>, options?: { mayBeLost?: boolean }): Promise<Result> {
    return acrossTenants(() => super.inTransaction(work, options));
  }

  override inSnapshot<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return acrossTenants(() => super.inSnapshot(work));
  }
}
