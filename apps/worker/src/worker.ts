import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { dhcpClientFeature, type FeedMessage, type HostRegistration } from '@netyard/contracts';
import { driverDescriptions } from '@netyard/drivers';
import type { Logger } from 'pino';
import type { Config } from './config';
import { hasDhcpClient } from './dhcp/leases';
import { Credential } from './feed/credential';
import { ApiConnection } from './feed/api-connection';
import { exchangeCredential } from './feed/exchange';
import { FeedClient } from './feed/feed-client';
import { StateCache } from './feed/state-cache';
import type { Metrics } from './metrics';
import { HostThreads } from './operations/host-threads';
import type { FromOperations, HostFacts, Log } from './operations/messages';
import { ProbeRunner } from './probes/probe-runner';
import { Reporter } from './report/reporter';

export const workerVersion = '0.1.0';
const fullRoundIntervalMs = 30_000;
/** The API takes a host for lost that it has not heard of for 30 s. */
const heartbeatIntervalMs = 10_000;
/** What changes in the host is told after so long, together. */
const newsDelayMs = 500;

/** The main thread: everything that speaks HTTP or writes files. The host's namespace is the threads' affair. */
export class Worker {
  readonly #api: ApiConnection;
  readonly #reporter: Reporter;
  readonly #cache: StateCache | null;
  readonly #threads: HostThreads;
  readonly #probes: ProbeRunner;
  readonly #stopping = new AbortController();
  readonly #log: Log;
  readonly #factsKnown: Promise<void>;
  readonly #credential: Credential;
  #facts: HostFacts | undefined;
  #resolveFacts: () => void = () => undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #newsTimer: NodeJS.Timeout | undefined;
  #feed: Promise<void> | undefined;

  /** `onFatal` is called when the worker cannot go on. `directory` holds the bundles of threads and probes. */
  constructor(
    private readonly config: Config,
    private readonly logger: Logger,
    private readonly metrics: Metrics | null,
    directory: URL,
    onFatal: (reason: string) => void,
  ) {
    this.#log = (level, message, fields = {}) => this.logger[level](fields, message);
    this.#factsKnown = new Promise((resolve) => (this.#resolveFacts = resolve));
    this.#credential = new Credential(config.token, config.stateDirectory);
    this.#api = new ApiConnection(config.apiUrls, this.#credential, config.apiTls);
    this.#reporter = new Reporter(this.#api, config.hostName, this.#log);
    this.#cache = config.stateDirectory === null ? null : new StateCache(config.stateDirectory, config.hostName, this.#log);
    this.#probes = new ProbeRunner(
      new URL('probe.js', directory),
      (report) => this.#reporter.add({ probes: [report] }),
      this.#log,
      config.resolvConfPath,
    );
    const { hostName, netnsPath, netnsDirectory, netnsEtcDirectory, resolvConfPath, resolvConfDirectories, stateDirectory, underlay } =
      config;
    const { wireguardPort, keyLifetimeMs, pathIntervalMs, maxFlows } = config;
    this.#threads = new HostThreads(
      directory,
      {
        hostName,
        netnsPath,
        netnsDirectory,
        netnsEtcDirectory,
        resolvConfPath,
        resolvConfDirectories,
        stateDirectory,
        underlay,
        wireguardPort,
        keyLifetimeMs,
        pathIntervalMs,
        maxFlows,
        fullRoundIntervalMs,
      },
      (message) => this.#take(message),
      (thread, reason) => onFatal(`the ${thread} thread ended: ${reason}`),
    );
  }

  /** Restores what is cached, then follows the API until `stop`. */
  start(): void {
    const cached = this.#cache?.read() ?? [];
    if (cached.length > 0) {
      this.#log('info', 'restoring the cached state', { objects: cached.length });
      this.#threads.send({ type: 'feed', messages: cached });
    }
    const feed = new FeedClient(
      this.#api,
      this.config.hostName,
      (messages) => this.#takeFeed(messages),
      () => this.#register(),
      this.#log,
    );
    this.#feed = feed.run(this.#stopping.signal);
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatIntervalMs);
  }

  /** Ends the batch under way, delivers nothing more, and leaves the kernel as it is: the data path does not depend on the worker. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#heartbeat);
    clearTimeout(this.#newsTimer);
    this.#probes.stop();
    await this.#threads.stop();
    await this.#feed;
    await this.#reporter.close();
    this.#cache?.flush();
    await this.#api.close();
  }

  #takeFeed(messages: FeedMessage[]): void {
    this.metrics?.feedMessages.inc(messages.length);
    this.metrics?.lastMessage.setToCurrentTime();
    this.#threads.send({ type: 'feed', messages });
    this.#cache?.take(messages);
  }

  #take(message: FromOperations): void {
    switch (message.type) {
      case 'report':
        this.metrics?.objectReports.inc(message.objects.length);
        this.metrics?.repairs.inc(message.events.length);
        this.#reporter.add({ objects: message.objects, events: message.events, inquiries: message.inquiries });
        this.#cache?.drop(message.objects.filter(({ gone }) => gone));
        return;
      case 'facts':
        this.#takeFacts(message.facts);
        return;
      case 'probe':
        this.metrics?.probes.inc();
        if (message.error === null) this.#probes.run(message.probe, message.namespacePath, message.resolvConfPath);
        else this.#reporter.add({ probes: [{ id: message.probe.id, result: null, error: message.error }] });
        return;
      case 'log':
        this.#log(message.level, message.message, message.fields);
        return;
      case 'lease-wanted':
      case 'lease-unwanted':
      case 'stopped':
        return;
    }
  }

  /** News is not kept for the next heartbeat, but may gather for a moment. */
  #takeFacts(facts: HostFacts): void {
    if (this.#facts) this.#newsTimer ??= setTimeout(() => this.#tellNews(), newsDelayMs);
    this.#facts = facts;
    this.#resolveFacts();
  }

  #tellNews(): void {
    this.#newsTimer = undefined;
    this.#beat();
  }

  async #register(): Promise<void> {
    await this.#factsKnown;
    await this.#renewCredential();
    const facts = this.#facts ?? { routes: [], uplinkMtuBytes: 1500, features: [], links: [], underlay: [], keys: [], paths: [] };
    const registration: HostRegistration = {
      kernelRelease: release(),
      workerVersion,
      ...facts,
      features: [...(facts.features ?? []), ...(hasDhcpClient() ? [dhcpClientFeature] : [])],
      drivers: driverDescriptions.map(({ name }) => name),
    };
    await this.#api.send('PUT', `/v1/hosts/${this.config.hostName}/registration`, registration);
    this.#reporter.open();
  }

  /** Without one nothing else can be asked for; with one that is merely old, everything. */
  async #renewCredential(): Promise<void> {
    try {
      await this.#credential.renewIfDue(() => exchangeCredential(this.#api, this.config.hostName));
    } catch (error) {
      if (this.#credential.isOfEnrolment) throw error;
      this.#log('warn', 'the credential could not be exchanged for another one', { error: String(error) });
    }
  }

  #beat(): void {
    this.#register().catch((error: unknown) => this.#log('debug', 'the heartbeat could not be delivered', { error: String(error) }));
  }
}

/** libuv's pool threads have to be there before any thread changes its namespace, or they would begin in the wrong one. */
export const wakePoolThreads = async (): Promise<void> => {
  await Promise.all(Array.from({ length: 4 }, () => readFile('/proc/version')));
};
