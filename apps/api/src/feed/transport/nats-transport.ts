import {
  jetstream,
  jetstreamManager,
  DeliverPolicy,
  DiscardPolicy,
  type ConsumerMessages,
  type JetStreamClient,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config';
import { FeedTransport, type Notice, type TransportListener } from './feed-transport';
import { PendingNotices } from './pending-notices';

/** The stream of JetStream that all replicas share; the subject of a notice is `netyard.feed.<stream>`. */
const streamName = 'netyard-feed';
const subjectPrefix = 'netyard.feed';
/** Notices are of use only while somebody may wait for them. */
const maxAgeMs = 60_000;
const retryMs = 500;

/**
 * Over NATS JetStream, for many replicas: they do not all hang on the one database for news. A consumer that falls behind goes on where it was; one that cannot is told of a gap, as after a lost
 * connection.
 */
@Injectable()
export class NatsTransport extends FeedTransport implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(NatsTransport.name);
  readonly #listeners: TransportListener[] = [];
  readonly #pending = new PendingNotices();
  #connection: NatsConnection | undefined;
  #client: JetStreamClient | undefined;
  #messages: ConsumerMessages | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isTelling = false;
  #isClosed = false;

  constructor(@Inject(Config) private readonly config: Config) {
    super();
  }

  listen(listener: TransportListener): void {
    this.#listeners.push(listener);
  }

  announce(notices: Notice[]): void {
    this.#pending.add(notices);
    void this.#tell();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#connection?.close();
  }

  /** All that have gathered at once; each is acknowledged by the server. What is not waits for the next time. */
  async #tell(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    while (this.#client && !this.#pending.isEmpty) {
      const client = this.#client;
      const notices = this.#pending.take();
      const told = await Promise.allSettled(
        notices.map((notice) => client.publish(`${subjectPrefix}.${notice.streamId}`, JSON.stringify(notice))),
      );
      const untold = notices.filter((_, index) => told[index]?.status === 'rejected');
      this.#pending.add(untold);
      if (untold.length > 0) break;
    }
    this.#isTelling = false;
  }

  async #connect(): Promise<void> {
    try {
      const connection = await connect({ ...this.config.nats, name: 'netyard-api', maxReconnectAttempts: -1, reconnectTimeWait: retryMs });
      this.#connection = connection;
      void this.#watchStatus(connection);
      await this.#consume(connection);
    } catch (error) {
      this.#again(error);
    }
  }

  /** Also after each loss of the connection: a server that begins again has lost the stream with it. */
  async #consume(connection: NatsConnection): Promise<void> {
    this.#client = undefined;
    await this.#messages?.close();
    const manager = await jetstreamManager(connection);
    await manager.streams.add({
      name: streamName,
      subjects: [`${subjectPrefix}.>`],
      storage: StorageType.Memory,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_age: nanos(maxAgeMs),
    });
    const client = jetstream(connection);
    // An ordered consumer makes itself anew after the last message that it has seen.
    const consumer = await client.consumers.get(streamName, { deliver_policy: DeliverPolicy.New });
    const messages = (this.#messages = await consumer.consume());
    this.#client = client;
    this.#gap();
    void this.#tell();
    void (async () => {
      for await (const message of messages) this.#take(message.json<Notice>());
    })().catch((error: unknown) => this.#again(error));
  }

  async #watchStatus(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.#logger.warn('NATS cannot be reached; trying again');
      if (type === 'reconnect') await this.#consume(connection).catch((error: unknown) => this.#again(error));
    }
  }

  #take(notice: Notice): void {
    for (const listener of this.#listeners) listener.onNotice(notice);
  }

  #gap(): void {
    for (const listener of this.#listeners) listener.onGap();
  }

  /** From the beginning, with a new connection. */
  #again(error: unknown): void {
    if (this.#isClosed || this.#retry) return;
    this.#logger.warn(`NATS does not serve us: ${error instanceof Error ? error.message : String(error)}; trying again`);
    this.#client = undefined;
    void this.#connection?.close().catch(() => undefined);
    this.#connection = undefined;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#connect();
    }, retryMs);
  }
}
