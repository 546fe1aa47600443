import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '../config';
import { databaseFault } from './database-fault';
import { DatabaseUnusable } from './database-unusable';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { takeRole } from './roles';
import { currentScope } from './scope';
import { Transaction, type StreamGrowth } from './transaction';

const attempts = 5;

/**
 * Every statement finds its rows by an index, whatever the sizes and values: planning it once is enough, and plans made while tables are still empty must
 * not read them from end to end later.
 */
const sessionOptions = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off';
/** Nothing of ours takes so long: what does has been forgotten, and holds locks. */
const sessionLimits = { statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 };
/** The same for one transaction. A pool of sessions takes no options when it is connected to, and may give each transaction another session. */
const transactionOptions = Object.entries({ enable_seqscan: 'off', jit: 'off', ...sessionLimits })
  .map(([name, value]) => `SET LOCAL ${name} = ${value}`)
  .join('; ');

/** The one door to the database. Whatever passes it says whose work it is (see scope), and sees no other rows. */
@Injectable()
export class Database implements OnModuleInit {
  /** Marks notices that come from this process, which needs none. */
  readonly replicaId = randomUUID();
  readonly #source: DataSource;
  /** Whether the database is reached by a pool of sessions that are another's after each transaction (PgBouncer). */
  readonly #isPooled: boolean;
  readonly #listeners: ((growth: StreamGrowth[]) => void)[] = [];
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(@Inject(Config) readonly config: Config) {
    this.#isPooled = config.databaseUrl !== config.databaseListenUrl;
    this.#source = new DataSource({
      type: 'postgres',
      url: config.databaseUrl,
      poolSize: config.databaseConnections,
      applicationName: 'netyard-api',
      extra: { ...(this.#isPooled ? {} : { options: sessionOptions, ...sessionLimits }), connectionTimeoutMillis: 10_000 },
    });
  }

  async onModuleInit(): Promise<void> {
    await this.#migrate();
    await connect(this.#source, 'DATABASE_URL');
  }

  /** By a connection of its own: as another user, and in one session, to which the lock of migrations belongs. */
  async #migrate(): Promise<void> {
    const direct = new DataSource({
      type: 'postgres',
      url: this.config.databaseMigrationUrl,
      migrations,
      // One holds the lock while the other migrates.
      poolSize: 2,
      applicationName: 'netyard-api',
    });
    await connect(direct, this.#migrationVariable);
    try {
      await migrate(direct, this.config.databaseUrl);
    } finally {
      await direct.destroy();
    }
  }

  /** Which variable it is that leads there. */
  get #migrationVariable(): string {
    const { databaseUrl, databaseListenUrl, databaseMigrationUrl } = this.config;
    if (databaseMigrationUrl === databaseUrl) return 'DATABASE_URL';
    return databaseMigrationUrl === databaseListenUrl ? 'NETYARD_DATABASE_LISTEN_URL' : 'NETYARD_DATABASE_MIGRATION_URL';
  }

  /** Ends all connections, after the work that is under way: it is cut off by none. Called by `FeedHub`, which has to tell of the last transactions. */
  async end(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    if (this.#source.isInitialized) await this.#source.destroy();
  }

  /** Tells of every transaction of this process that has announced something, as soon as it is committed. */
  onCommit(listener: (growth: StreamGrowth[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Runs one statement. Its text must be one of few: it is prepared and kept. */
  async query<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.#withClient((client) => this.#attempt(client, this.#begin(), (transaction) => transaction.query<Row>(sql, values)));
  }

  /** Runs one statement whose text was put together for this once. */
  async queryOnce<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.#withClient((client) => this.#attempt(client, this.#begin(), async () => (await client.query<Row>(sql, values)).rows));
  }

  /**
   * Runs work in a transaction that ends with what it announced, and tells the listeners after the commit. The work is run again after a deadlock and
   * when the short form of a new id was taken, so it may have no effect but on the database. `mayBeLost`: a crash of the database right after it may
   * undo it, because whoever asked will ask again; then nobody need wait for the disk.
   */
  async inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>, { mayBeLost = false } = {}): Promise<Result> {
    const begin = this.#begin('BEGIN', ...(mayBeLost ? ['SET LOCAL synchronous_commit = off'] : []));
    return this.#repeating((client) => this.#attempt(client, begin, work));
  }

  /** Runs work as `inTransaction` does and then takes all of it back: what it gives is what would be. Nobody is told of anything. */
  async rehearse<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const begin = this.#begin();
    return this.#repeating(async (client) => {
      const transaction = new Transaction(client, currentScope(), !this.#isPooled);
      await client.query(begin);
      try {
        return await work(transaction);
      } finally {
        await client.query('ROLLBACK');
      }
    });
  }

  /** Reads with one snapshot of everything. */
  async inSnapshot<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#withClient(async (client) => {
      const scope = currentScope();
      await client.query(this.#begin('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY'));
      try {
        return await work(new Transaction(client, scope, !this.#isPooled));
      } finally {
        await client.query('ROLLBACK');
      }
    });
  }

  /** What begins a transaction, in one message: in the role of whoever's work it is, so that no statement runs before the wall stands. */
  #begin(begin = 'BEGIN', ...statements: string[]): string {
    return [begin, takeRole(currentScope()), ...statements, ...(this.#isPooled ? [transactionOptions] : [])].join('; ');
  }

  async #repeating<Result>(run: (client: PoolClient) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#withClient(run);
      } catch (error) {
        if (attempt === attempts || !databaseFault(error).isTransient) throw error;
      }
    }
  }

  async #attempt<Result>(client: PoolClient, begin: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const transaction = new Transaction(client, currentScope(), !this.#isPooled);
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
    const running = this.#lend(work);
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  async #lend<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const runner = this.#source.createQueryRunner();
    try {
      return await work((await runner.connect()) as PoolClient);
    } finally {
      await runner.release();
    }
  }
}

async function connect(source: DataSource, variable: string): Promise<void> {
  try {
    await source.initialize();
  } catch (error) {
    throw new DatabaseUnusable(variable, error);
  }
}
