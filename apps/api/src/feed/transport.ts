import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { Config } from '../config';
import { feedChannel } from '../database/transaction';

/** News of a stream, from another replica. */
export interface Notice {
  streamId: string;
  /** The stream's last one. */
  revision: number;
  /** How many entries were added. */
  steps: number;
  replicaId: string;
}

export interface TransportListener {
  onNotice(notice: Notice): void;
  /** Notices may have been lost: anything may have changed. */
  onGap(): void;
}

const retryMs = 500;

/**
 * Brings word of what other replicas have committed, over LISTEN and NOTIFY on a connection of its own. Only wakes: the streams themselves are read
 * from the database, so a notice that comes late or twice does no harm.
 */
@Injectable()
export class FeedTransport implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(FeedTransport.name);
  readonly #listeners: TransportListener[] = [];
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(@Inject(Config) private readonly config: Config) {}

  listen(listener: TransportListener): void {
    this.#listeners.push(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({ connectionString: this.config.databaseUrl, application_name: 'netyard-api feed', keepAlive: true });
    client.on('notification', ({ payload = '' }) => this.#take(payload));
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the connection ended')));
    try {
      await client.connect();
      await client.query(`LISTEN ${feedChannel}`);
      this.#client = client;
      for (const listener of this.#listeners) listener.onGap();
    } catch (error) {
      this.#lost(client, error);
      await client.end().catch(() => undefined);
    }
  }

  #take(payload: string): void {
    const [streamId = '', revision, steps, replicaId = ''] = payload.split(':');
    const notice = { streamId, revision: Number(revision), steps: Number(steps), replicaId };
    for (const listener of this.#listeners) listener.onNotice(notice);
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
