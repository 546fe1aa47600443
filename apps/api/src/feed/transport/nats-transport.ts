import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { jetstream, jetstreamManager, DeliverPolicy, type ConsumerMessages, type JetStreamClient } from '@nats-io/jetstream';
import {
  connect,
  credsAuthenticator,
  deferred,
  nkeyAuthenticator,
  type ConnectionOptions,
  type NatsConnection,
} from '@nats-io/transport-node';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../../config';
import { isSeed, type NatsSettings } from '../../nats-settings';
import { FeedTransport, type Notice } from './feed-transport';
import { ensureStream, streamName, subjectPrefix } from './nats-stream';

const retryMs = 500;
const connectMs = 5_000;
/** A server says so often that the consumer is still there; when it has not for twice that long, the consumer is not. */
const heartbeatMs = 2_000;
const pullMs = 10_000;

/** What a consumer tells when it may have missed something: it is gone, or was made again behind our back, in a stream that may be another one by now. */
const breaks = new Set(['heartbeats_missed', 'stream_not_found', 'consumer_not_found', 'consumer_deleted', 'ordered_consumer_recreated']);

/**
 * Over NATS JetStream, for many replicas: they do not all hang on the one database for news. Whatever breaks (connection, stream, consumer), everything is set up anew, and listeners are told of a gap.
 */
@Injectable()
export class NatsTransport extends FeedTransport implements OnApplicationBootstrap {
  readonly #logger = new Logger(NatsTransport.name);
  #connection: NatsConnection | undefined;
  #client: JetStreamClient | undefined;
  #messages: ConsumerMessages | undefined;
  /** Why the consumer was given up. */
  #reason: string | undefined;
  /** What was last complained of, until it is over: it is told once. */
  #complaint: string | undefined;
  readonly #closed = new AbortController();
  /** Resolved while the connection stands, and when it is given up. */
  #up = deferred<void>();

  constructor(@Inject(Config) private readonly config: Config) {
    super();
  }

  /** Resolves after the first attempt, whatever came of it. */
  async onApplicationBootstrap(): Promise<void> {
    this.#up.resolve();
    await new Promise<void>((attempted) => void this.#run(attempted));
  }

  protected async close(): Promise<void> {
    this.#closed.abort();
    this.#client = undefined;
    await this.#connection?.close().catch(() => undefined);
  }

  /** Each is acknowledged by the server. */
  protected async send(notices: Notice[]): Promise<Notice[]> {
    const client = this.#client;
    if (!client) return notices;
    const told = await Promise.allSettled(
      notices.map((notice) => client.publish(`${subjectPrefix}.${notice.streamId}`, JSON.stringify(notice))),
    );
    const failed = told.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
    if (failed && client === this.#client) this.#breakOff(`a notice was not taken: ${messageOf(failed.reason)}`);
    return notices.filter((_, index) => told[index]?.status === 'rejected');
  }

  async #run(attempted: () => void): Promise<void> {
    while (!this.#closed.signal.aborted) {
      try {
        await this.#serve(await this.#connect(), attempted);
      } catch (error) {
        this.#complain(messageOf(error));
      }
      this.#client = undefined;
      attempted();
      await delay(retryMs, undefined, { signal: this.#closed.signal }).catch(() => undefined);
    }
  }

  /** The connection that there is, as soon as it has come back by itself; a new one when it was given up. */
  async #connect(): Promise<NatsConnection> {
    await this.#up;
    if (this.#connection && !this.#connection.isClosed()) return this.#connection;
    const settings = this.config.nats as NatsSettings;
    const connection = await connect({
      ...connectionOptions(settings),
      name: 'netyard-api',
      timeout: connectMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: retryMs,
    }).catch((error: unknown) => {
      // A server that ends the connection for want of a certificate is a silent one to the client library.
      const wants = settings.tls && !settings.tls.certFile ? ', perhaps for want of a certificate (NETYARD_NATS_CERTIFICATE_FILE)' : '';
      throw error instanceof Error && error.message === 'timeout' ? new Error(`the server did not answer in time${wants}`) : error;
    });
    this.#connection = connection;
    if (this.#closed.signal.aborted) await connection.close();
    void this.#watch(connection);
    return connection;
  }

  /** A server that begins again may have lost the stream. */
  async #watch(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') this.#up.resolve();
      if (type !== 'disconnect') continue;
      this.#up = deferred<void>();
      this.#breakOff('it cannot be reached');
    }
    this.#up.resolve();
  }

  /** Takes notices until something breaks; throws then, with the reason. */
  async #serve(connection: NatsConnection, attempted: () => void): Promise<void> {
    this.#reason = undefined;
    await ensureStream(await jetstreamManager(connection));
    const client = jetstream(connection);
    const consumer = await client.consumers.get(streamName, {
      deliver_policy: DeliverPolicy.New,
      filter_subjects: `${subjectPrefix}.>`,
    });
    const messages = await consumer.consume({ expires: pullMs, idle_heartbeat: heartbeatMs, abort_on_missing_resource: true });
    this.#messages = messages;
    void this.#watchConsumer(messages);
    this.#client = client;
    this.#relieve();
    this.connected();
    attempted();
    for await (const message of messages) {
      const notice = parseNotice(message.string());
      if (notice) this.take(notice);
    }
    throw new Error(this.#reason ?? 'the consumer ended');
  }

  async #watchConsumer(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status()) {
      if (!breaks.has(type) || this.#messages !== messages) continue;
      this.#breakOff(`the consumer or its stream is not what it was (${type.replaceAll('_', ' ')})`);
    }
  }

  /** Makes `#serve` throw. */
  #breakOff(reason: string): void {
    this.#reason ??= reason;
    this.#client = undefined;
    this.#messages?.stop();
  }

  #complain(complaint: string): void {
    if (this.#closed.signal.aborted || this.#complaint === complaint) return;
    this.#complaint = complaint;
    this.#logger.warn(`NATS does not serve us, news from other replicas takes up to 2 seconds: ${complaint}; trying again`);
  }

  #relieve(): void {
    if (this.#complaint !== undefined) this.#logger.log('NATS serves us again');
    this.#complaint = undefined;
  }
}

/** Files are read at each connection: they may have been replaced meanwhile. */
function connectionOptions({ credentialsFile, tls, ...settings }: NatsSettings): ConnectionOptions {
  const options: ConnectionOptions = { ...settings };
  if (tls) Object.assign(options, { tls: { ...tls, checkServerIdentity: identityCheck(settings.servers) } });
  if (credentialsFile === undefined) return options;
  const content = (): Uint8Array => readFileSync(credentialsFile);
  const seed = (): Uint8Array => Buffer.from(readFileSync(credentialsFile, 'utf8').trim());
  return { ...options, authenticator: isSeed(seed()) ? nkeyAuthenticator(seed) : credsAuthenticator(content) };
}

/** The client gives no name for a server that is addressed by number, which Node.js takes for "localhost": then the certificate has to hold one of the numbers. */
function identityCheck(servers: string[]): typeof checkServerIdentity {
  const hosts = servers.map((server) => new URL(`nats://${server}`).hostname.replace(/^\[|\]$/g, ''));
  return (name: string, certificate: PeerCertificate) => {
    const accepted = name === 'localhost' && !hosts.includes(name) ? hosts : [name];
    const faults = accepted.map((host) => checkServerIdentity(host, certificate));
    return faults.includes(undefined) ? undefined : faults[0];
  };
}

/** Undefined when it is none of ours: whoever may write to the stream can write anything. */
function parseNotice(text: string): Notice | undefined {
  try {
    const { streamId, revision, steps, replicaId } = JSON.parse(text) as Partial<Notice>;
    const isNotice = typeof streamId === 'string' && typeof replicaId === 'string' && Number.isInteger(revision) && Number.isInteger(steps);
    return isNotice ? ({ streamId, revision, steps, replicaId } as Notice) : undefined;
  } catch {
    return undefined;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));
