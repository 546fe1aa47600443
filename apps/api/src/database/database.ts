import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '../config';
import { databaseFault } from './database-fault';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { Transaction, type Committed } from './transaction';

const attempts = 5;

/** The one door to the database. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  /** Marks notifications that come from this process, which needs none. */
  readonly replicaId = randomUUID();
  readonly #source: DataSource;
  readonly #listeners: ((committed: Committed) => void)[] = [];

  constructor(@Inject(Config) readonly config: Config) {
    this.#source = new DataSource({
      type: 'postgres',
      url: config.databaseUrl,
      migrations,
      poolSize: config.databaseConnections,
      applicationName: 'netyard-api',
      extra: { statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000, connectionTimeoutMillis: 10_000 },
    });
  }

  async onModuleInit(): Promise<void> {
    await this.#source.initialize();
    await migrate(this.#source);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.#source.isInitialized) await this.#source.destroy();
  }

  /** Tells of every transaction of this process that has announced something, as soon as it is committed. */
  onCommit(listener: (committed: Committed) => void): void {
    this.#listeners.push(listener);
  }

  /** Runs one statement. Its text must be one of few: it is prepared and kept. */
  async query<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.#withClient((client) => new Transaction(client).query<Row>(sql, values));
  }

  /** Runs one statement whose text was put together for this once. */
  async queryOnce<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.#withClient(async (client) => (await client.query<Row>(sql, values)).rows);
  }

  /**
   * Runs work in a transaction that ends with what it announced, and tells the listeners after the commit. The work is run again after a deadlock and
   * when the short form of a new id was taken, so it may have no effect but on the database.
   */
  async inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#withClient((client) => this.#attempt(client, work));
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
        return await work(new Transaction(client));
      } finally {
        await client.query('ROLLBACK');
      }
    });
  }

  async #attempt<Result>(client: PoolClient, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const transaction = new Transaction(client);
    await client.query('BEGIN');
    let result: Result;
    let committed: Committed | undefined;
    try {
      result = await work(transaction);
      committed = await transaction.publish(this.replicaId);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
    if (committed) for (const listener of this.#listeners) listener(committed);
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

