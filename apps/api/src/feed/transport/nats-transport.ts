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
import { FeedTransport, type Notice } from './feed-transport';

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
  #connection: NatsConnection | undefined;
  #client: JetStreamClient | undefined;
  #messages: ConsumerMessages | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(@Inject(Config) private readonly config: Config) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#connection?.close();
  }

  /** Each is acknowledged by the server. */
  protected async send(notices: Notice[]): Promise<Notice[]> {
    const client = this.#client;
    if (!client) return notices;
    const told = await Promise.allSettled(
      notices.map((notice) => client.publish(`${subjectPrefix}.${notice.streamId}`, JSON.stringify(notice))),
    );
    return notices.filter((_, index) => told[index]?.status === 'rejected');
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
    this.connected();
    void (async () => {
      for await (const message of messages) this.take(message.json<Notice>());
    })().catch((error: unknown) => this.#again(error));
  }

  async #watchStatus(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.#logger.warn('NATS cannot be reached; trying again');
      if (type === 'reconnect') await this.#consume(connection).catch((error: unknown) => this.#again(error));
    }
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
