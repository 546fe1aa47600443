import type {
  Desired,
  DesiredInquiry,
  DesiredKind,
  FeedMessage,
  HostKey,
  HostLink,
  HostRegistration,
  HostReport,
  InquiryAnswer,
  InquiryQuestion,
  InquiryReport,
  ObjectReport,
  ProbeReport,
  UnderlayAddress,
  UnderlayPath,
} from '@netyard/contracts';
import { createParser } from 'eventsource-parser';

export interface FakeWorkerOptions {
  apiUrl: string;
  token: string;
  hostName: string;
  routes?: string[];
  features?: string[];
  underlay?: UnderlayAddress[];
  links?: HostLink[];
  keys?: HostKey[];
  paths?: UnderlayPath[];
  /** What it answers to a question about its present state; nothing by default. */
  answerTo?(question: InquiryQuestion): InquiryAnswer | null;
  /** What it says of an object that is to stand; Ready by default. */
  conditionsOf?(object: Desired): ObjectReport['conditions'];
}

const conditionTypes: Record<Exclude<DesiredKind, 'probe' | 'inquiry'>, string> = {
  router: 'RouterReady',
  network: 'BridgeReady',
  sandbox: 'NamespaceReady',
  endpoint: 'LinkReady',
  port: 'Published',
  peer: 'Reachable',
  key: 'Known',
  policy: 'RulesReady',
};

/**
 * A worker without a kernel: it follows the feed of its host as the real one does, and reports at once that everything stands, or is gone. For tests of
 * the API alone.
 */
export class FakeWorker {
  /** What the feed has told, by id. */
  readonly objects = new Map<string, Desired>();
  /** Every message, in order, with its event id. */
  readonly messages: { id: string | undefined; message: FeedMessage }[] = [];
  lastEventId: string | undefined;
  /** While true it listens, but keeps what it has to say. */
  isSilent = false;
  #apiUrl: string;
  #connection = new AbortController();
  #reading: Promise<void> | undefined;
  #kept: Desired[] = [];
  #inSnapshot = false;
  readonly #waiters = new Set<() => void>();

  constructor(private readonly options: FakeWorkerOptions) {
    this.#apiUrl = options.apiUrl;
  }

  /** Registers the host and follows its feed; resolves once it is in sync. */
  async start(): Promise<void> {
    await this.register();
    await this.connect();
  }

  async register(changes: Partial<HostRegistration> = {}): Promise<void> {
    const registration: HostRegistration = {
      kernelRelease: '6.1.0',
      workerVersion: '0.1.0',
      routes: this.options.routes ?? [],
      uplinkMtuBytes: 1500,
      drivers: ['bridge', 'host', 'none', 'overlay'],
      features: this.options.features ?? [],
      underlay: this.options.underlay ?? [],
      links: this.options.links ?? [],
      keys: this.options.keys ?? [],
      paths: this.options.paths ?? [],
      ...changes,
    };
    await this.#send('PUT', 'registration', registration);
  }

  /** Connects, after `disconnect` where it was, perhaps to another replica; resolves once it is in sync. */
  async connect(apiUrl = this.#apiUrl): Promise<void> {
    this.#apiUrl = apiUrl;
    this.#connection = new AbortController();
    const response = await fetch(this.#url('feed'), {
      headers: {
        authorization: `Bearer ${this.options.token}`,
        ...(this.lastEventId === undefined ? {} : { 'last-event-id': this.lastEventId }),
      },
      signal: this.#connection.signal,
    });
    if (!response.ok || !response.body) throw new Error(`the feed was answered ${response.status}: ${await response.text()}`);
    const before = this.messages.length;
    this.#reading = this.#read(response.body).catch((error: unknown) => {
      if (!this.#connection.signal.aborted) throw error;
    });
    const inSync = this.until(() => this.messages.slice(before).some(({ message }) => message.type === 'in-sync'));
    await Promise.race([inSync, this.#reading.then(() => Promise.reject(new Error('the feed ended before it was in sync')))]);
    if (!this.isSilent) await this.#tell(this.#kept.splice(0));
  }

  /** Resolves when the API has ended the feed. */
  get ended(): Promise<void> {
    return this.#reading ?? Promise.resolve();
  }

  /** Cuts the connection; what was told stays known. */
  async disconnect(): Promise<void> {
    this.#connection.abort();
    await this.#reading;
  }

  /** Says what was kept back while it was silent. */
  async speak(): Promise<void> {
    this.isSilent = false;
    await this.#report(this.#kept.splice(0));
  }

  /** Resolves when what the feed has told makes it so. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiters.add(resolve));
  }

  async report(report: Partial<HostReport>): Promise<void> {
    await this.#send('POST', 'reports', { objects: [], probes: [], inquiries: [], events: [], ...report });
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let arrived: Desired[] = [];
    const parser = createParser({ onEvent: ({ id, data }) => arrived.push(...this.#take(id, JSON.parse(data) as FeedMessage)) });
    const decoder = new TextDecoder();
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (this.isSilent) this.#kept.push(...arrived);
      else void this.#tell(arrived);
      arrived = [];
      for (const wake of this.#waiters) wake();
      this.#waiters.clear();
    }
  }

  #take(id: string | undefined, message: FeedMessage): Desired[] {
    this.messages.push({ id, message });
    if (message.type === 'snapshot') {
      this.#inSnapshot = true;
      this.objects.clear();
    }
    if (message.type === 'in-sync' || message.type === 'resume') this.#inSnapshot = false;
    if (id !== undefined && !this.#inSnapshot) this.lastEventId = id;
    if (message.type === 'delete') this.#drop(message.id);
    if (message.type !== 'upsert') return [];
    this.objects.set(message.object.id, message.object);
    return [message.object];
  }

  /** Peers are nothing without their network. */
  #drop(id: string): void {
    this.objects.delete(id);
    for (const object of this.objects.values()) if (object.kind === 'peer' && object.networkId === id) this.objects.delete(object.id);
  }

  /** What could not be said is said to the next replica; at once when it has been connected to already. */
  async #tell(objects: Desired[]): Promise<void> {
    const connection = this.#connection;
    try {
      await this.#report(objects);
    } catch {
      if (connection === this.#connection) this.#kept.push(...objects);
      else await this.#tell(objects);
    }
  }

  async #report(objects: Desired[]): Promise<void> {
    if (objects.length === 0) return;
    const reports: ObjectReport[] = [];
    const probes: ProbeReport[] = [];
    const inquiries: InquiryReport[] = [];
    for (const object of objects) {
      if (object.kind === 'probe')
        probes.push({
          id: object.id,
          result: { kind: 'ping', sent: 3, received: 3, lossPercent: 0, rttMs: { min: 0.1, avg: 0.2, max: 0.3 } },
          error: null,
        });
      else if (object.kind === 'inquiry') inquiries.push(...this.#answer(object));
      else reports.push(this.#reportOn(object));
    }
    await this.report({ objects: reports, probes, inquiries });
    for (const { id, gone } of reports) if (gone) this.#drop(id);
  }

  #answer({ id, question }: DesiredInquiry): InquiryReport[] {
    const answer = this.options.answerTo?.(question);
    return answer === undefined ? [] : [{ id, answer, error: answer === null ? 'the sandbox has no resolver' : null }];
  }

  #reportOn(object: Exclude<Desired, { kind: 'probe' | 'inquiry' }>): ObjectReport {
    const gone = object.deleted || (object.kind === 'endpoint' && object.sandboxId === null);
    const conditions = this.options.conditionsOf?.(object) ?? [
      { type: conditionTypes[object.kind], status: 'True', reason: 'Applied', message: '' } as const,
    ];
    return { kind: object.kind, id: object.id, observedGeneration: object.generation, gone, conditions: gone ? [] : conditions };
  }

  #url(what: string): string {
    return `${this.#apiUrl}/v1/hosts/${this.options.hostName}/${what}`;
  }

  async #send(method: string, what: string, body: unknown): Promise<void> {
    const response = await fetch(this.#url(what), {
      method,
      headers: { authorization: `Bearer ${this.options.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${what} was answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  }
}
