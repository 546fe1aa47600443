import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Client } from 'pg';
import { Config } from '../../config';
import { FeedTransport, type Notice } from './feed-transport';

/** The channel of notifications: `<stream>:<revision>:<number of entries>:<replica>`. */
const feedChannel = 'netyard_feed';
const notifySql = 'SELECT pg_notify($1, notice) FROM unnest($2::text[]) AS notice';
const retryMs = 500;

/**
 * Over LISTEN and NOTIFY on a connection of its own, which must lead to the database itself and not to a pool of sessions (`NETYARD_DATABASE_LISTEN_URL`). A NOTIFY takes a lock of the whole database until its
 * transaction has committed: so none is part of the transactions that it tells of, and while one is under way the next ones gather.
 */
@Injectable()
export class PostgresTransport extends FeedTransport implements OnApplicationBootstrap {
  readonly #logger = new Logger(PostgresTransport.name);
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(@Inject(Config) private readonly config: Config) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#connect();
  }

  protected async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  protected async send(notices: Notice[]): Promise<Notice[]> {
    if (!this.#client) return notices;
    const texts = notices.map(({ streamId, revision, steps, replicaId }) => `${streamId}:${revision}:${steps}:${replicaId}`);
    try {
      await this.#client.query(notifySql, [feedChannel, texts]);
      return [];
    } catch {
      return notices;
    }
  }

  async #connect(): Promise<void> {
    const client = new Client({ connectionString: this.config.databaseListenUrl, application_name: 'netyard-api feed', keepAlive: true });
    client.on('notification', ({ payload = '' }) => this.#parse(payload));
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the connection ended')));
    try {
      await client.connect();
      await client.query(`LISTEN ${feedChannel}`);
      this.#client = client;
      this.connected();
    } catch (error) {
      this.#lost(client, error);
      await client.end().catch(() => undefined);
    }
  }

  #parse(payload: string): void {
    const [streamId = '', revision, steps, replicaId = ''] = payload.split(':');
    this.take({ streamId, revision: Number(revision), steps: Number(steps), replicaId });
  }

  #lost(client: Client, error: unknown): void {
    if (this.#isClosed || this.#retry) return;
    if (this.#client && this.#client !== client) return;
    this.#client = undefined;
    this.#logger.warn(`the database does not notify us: ${error instanceof Error ? error.message : String(error)}; trying again`);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#connect();
    }, retryMs);
  }
}
