import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '../config';
import { databaseFault } from './database-fault';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { Transaction, type StreamGrowth } from './transaction';

const attempts = 5;

/**
 * Every statement finds its rows by an index, whatever the sizes and values: planning it once is enough, and plans made while tables are still empty must
 * not read them from end to end later.
 */
const sessionOptions = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off';
/** The same for one transaction. A pool of sessions takes no options when it is connected to, and may give each transaction another session. */
const transactionOptions = 'SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL statement_timeout = 60000';

/** The one door to the database. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  /** Marks notices that come from this process, which needs none. */
  readonly replicaId = randomUUID();
  readonly #source: DataSource;
  /** Whether the database is reached by a pool of sessions that are another's after each transaction (PgBouncer). */
  readonly #isPooled: boolean;
  readonly #listeners: ((growth: StreamGrowth[]) => void)[] = [];

  constructor(@Inject(Config) readonly config: Config) {
    this.#isPooled = config.databaseUrl !== config.databaseListenUrl;
    const session = { options: sessionOptions, statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 };
    this.#source = new DataSource({
      type: 'postgres',
      url: config.databaseUrl,
      migrations,
      poolSize: config.databaseConnections,
      applicationName: 'netyard-api',
      extra: { ...(this.#isPooled ? {} : session), connectionTimeoutMillis: 10_000 },
    });
  }

  async onModuleInit(): Promise<void> {
    await this.#source.initialize();
    if (this.#isPooled) await this.#migrateDirectly();
    else await migrate(this.#source);
  }

  /** The lock of migrations belongs to a session. */
  async #migrateDirectly(): Promise<void> {
    const direct = new DataSource({
      type: 'postgres',
      url: this.config.databaseListenUrl,
      migrations,
      // One holds the lock while the other migrates.
      poolSize: 2,
      applicationName: 'netyard-api',
    });
    await direct.initialize();
    try {
      await migrate(direct);
    } finally {
      await direct.destroy();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.#source.isInitialized) await this.#source.destroy();
  }

  /** Tells of every transaction of this process that has announced something, as soon as it is committed. */
  onCommit(listener: (growth: StreamGrowth[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Runs one statement. Its text must be one of few: it is prepared and kept. */
  async query<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.#withClient((client) => new Transaction(client, !this.#isPooled).query<Row>(sql, values));
  }

  /** Runs one statement whose text was put together for this once. */
  async queryOnce<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.#withClient(async (client) => (await client.query<Row>(sql, values)).rows);
  }

  /**
   * Runs work in a transaction that ends with what it announced, and tells the listeners after the commit. The work is run again after a deadlock and
   * when the short form of a new id was taken, so it may have no effect but on the database. `mayBeLost`: a crash of the database right after it may
   * undo it, because whoever asked will ask again; then nobody need wait for the disk.
   */
  async inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>, { mayBeLost = false } = {}): Promise<Result> {
    const begin = [
      'BEGIN',
      ...(mayBeLost ? ['SET LOCAL synchronous_commit = off'] : []),
      ...(this.#isPooled ? [transactionOptions] : []),
    ].join('; ');
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#withClient((client) => this.#attempt(client, begin, work));
      } catch (error) {
        if (attempt === attempts || !databaseFault(error).isTransient) throw error;
      }
    }
  }

  /** Reads with one snapshot of everything. */
  async inSnapshot<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#withClient(async (client) => {
      await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      try {
        return await work(new Transaction(client, !this.#isPooled));
      } finally {
        await client.query('ROLLBACK');
      }
    });
  }

  async #attempt<Result>(client: PoolClient, begin: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const transaction = new Transaction(client, !this.#isPooled);
    await client.query(begin);
    let result: Result;
    let growth: StreamGrowth[];
    try {
      result = await work(transaction);
      growth = await transaction.publish();
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
    if (growth.length > 0) for (const listener of this.#listeners) listener(growth);
    return result;
  }

  async #withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const runner = this.#source.createQueryRunner();
    try {
      return await work((await runner.connect()) as PoolClient);
    } finally {
      await runner.release();
    }
  }
}
