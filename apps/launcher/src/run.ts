import { rmSync } from 'node:fs';
import { ApiRequests } from './api-requests';
import { apiCaFile, ask, speaksTls } from './authority';
import { Failure } from './failure';
import { curlLines, freeDemoName, greeting } from './greeting';
import { enrolmentPath, Lab } from './lab/lab';
import { requireRooms } from './lab/rooms';
import type { Options } from './options';
import { requireFreePort } from './ports';
import { EmbeddedPostgres } from './postgres/embedded-postgres';
import { extendClaim } from './process/claim';
import { Part, tied } from './process/part';
import { keepSecret, keptToken } from './tokens';
import { inState, inWorkspace } from './workspace';

const startSeconds = 60;

/** Variables of the user's that are passed on to the API: its own, and Node's. */
const passedOn = /^(NETYARD_|NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$|PG)/;

/** Everything that `npm start` runs, in the order in which it starts; it ends in the opposite order. */
export class Run {
  private readonly parts: Part[] = [];
  private lab: Lab | undefined;
  private stopping: Promise<void> | undefined;
  private reportDeath: (reason: string) => void = () => undefined;
  /** Resolves with a reason when a part ends by itself. */
  readonly failed = new Promise<string>((resolve) => (this.reportDeath = resolve));
  private readonly apiUrl: string;
  private readonly dashboardUrl: string;
  private readonly adminToken: string;

  constructor(
    private readonly options: Options,
    private readonly claimPath: string,
    private readonly say: (line: string) => void,
  ) {
    this.apiUrl = `${speaksTls ? 'https' : 'http'}://127.0.0.1:${options.apiPort}`;
    this.dashboardUrl = `http://127.0.0.1:${options.dashboardPort}`;
    this.adminToken = process.env['NETYARD_ADMIN_TOKEN'] || keptToken(inState('admin-token'));
  }

  /** Everything answers when this resolves. Throws Failure; call `stop` then, too. */
  async start(): Promise<void> {
    await requireFreePort(this.options.apiPort, 'API', '--api-port');
    await requireFreePort(this.options.dashboardPort, 'dashboard', '--dashboard-port');
    if (this.options.hosts > 0) await requireRooms();
    if (this.options.fresh) this.forget();
    const database = await this.timed('PostgreSQL', () => this.startDatabase());
    await this.timed('API', () => this.startApi(database));
    await this.timed('dashboard', () => this.startDashboard());
    if (this.options.hosts > 0) await this.timed('lab', () => this.startLab());
    await this.greet();
  }

  /** Ends all parts in order. May be repeated; resolves when none runs any more. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    await this.lab?.stop();
    for (const part of this.parts.toReversed()) await part.stop();
  }

  private forget(): void {
    if (process.env['DATABASE_URL'])
      throw new Failure('--fresh forgets the embedded database only; DATABASE_URL names one of yours, which is left alone');
    for (const folder of ['postgres', 'workers']) rmSync(inState(folder), { recursive: true, force: true });
    this.say('forgot the networks of earlier runs');
  }

  private async timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const started = Date.now();
    const result = await Promise.race([work(), this.failed.then((reason) => Promise.reject(new Failure(reason)))]);
    this.say(`${what} is up (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return result;
  }

  /** What the API is told of its database: the embedded one it reaches as a user of its own, who owns nothing of it. */
  private async startDatabase(): Promise<Record<string, string>> {
    const given = process.env['DATABASE_URL'];
    if (given) return { DATABASE_URL: given };
    const postgres = await EmbeddedPostgres.start(inState('postgres'), this.say);
    this.watch(postgres.part);
    this.parts.push(postgres.part);
    return { DATABASE_URL: postgres.urlOf('netyard_api'), NETYARD_DATABASE_MIGRATION_URL: postgres.urlOf('netyard') };
  }

  private async startApi(database: Record<string, string>): Promise<string> {
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name))),
      NODE_ENV: 'production',
      ...database,
      NETYARD_API_ADDRESS: '127.0.0.1',
      NETYARD_API_PORT: String(this.options.apiPort),
      NETYARD_ADMIN_TOKEN: this.adminToken,
    };
    await this.startServer('api', inWorkspace('dist/api/main.js'), env, `${this.apiUrl}/readyz`);
    return this.apiUrl;
  }

  private async startDashboard(): Promise<string> {
    const env = {
      NODE_ENV: 'production',
      HOSTNAME: '127.0.0.1',
      PORT: String(this.options.dashboardPort),
      NETYARD_API_URL: this.apiUrl,
      ...(apiCaFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: apiCaFile }),
      NEXT_TELEMETRY_DISABLED: '1',
    };
    await this.startServer('dashboard', inWorkspace('dist/dashboard/apps/dashboard/server.js'), env, `${this.dashboardUrl}/sign-in`);
    return this.dashboardUrl;
  }

  private async startServer(name: string, program: string, env: Record<string, string | undefined>, probe: string): Promise<void> {
    const part = new Part(name, { command: tied('TERM', process.execPath, program), env, stopSeconds: 5 }, this.say);
    this.parts.push(part);
    this.watch(part);
    await until(
      `${name} answers at ${probe} (log: ${part.logPath})`,
      async () => (await ask(probe).catch(failuresOnly))?.ok ?? false,
      () => part.isRunning,
    );
  }

  private async startLab(): Promise<string> {
    const api = new ApiRequests(this.apiUrl, this.adminToken);
    // Anew at each start: the database may be another one, which knows none of the credentials of before.
    for (let number = 1; number <= this.options.hosts; number++)
      keepSecret(enrolmentPath(`lab-${number}`), await api.enrol(`lab-${number}`));
    this.lab = await Lab.start({ hosts: this.options.hosts, apiUrl: this.apiUrl }, this.say);
    for (const part of [this.lab.holder, ...this.lab.workers]) this.watch(part);
    extendClaim(this.claimPath, { labPid: this.lab.holder.pid });
    for (const worker of this.lab.workers)
      await until(
        `host ${worker.name} is ready (log: ${worker.logPath})`,
        () => api.isHostReady(worker.name),
        () => worker.isRunning,
      );
    return 'lab';
  }

  /** A part that ends before it was asked to takes the others along. */
  private watch(part: Part): void {
    void part.ended.then((how) => {
      if (!this.stopping)
        this.reportDeath(
          [`${part.name} ${how}. Its last lines (all: ${part.logPath}):`, ...part.lastLines.map((line) => `  ${line}`)].join('\n'),
        );
    });
  }

  private async greet(): Promise<void> {
    const name = await freeDemoName(new ApiRequests(this.apiUrl, this.adminToken));
    const facts = {
      apiUrl: this.apiUrl,
      dashboardUrl: this.dashboardUrl,
      token: this.adminToken,
      tokenPath: process.env['NETYARD_ADMIN_TOKEN'] ? null : inState('admin-token'),
      database: process.env['DATABASE_URL'] ? 'yours (DATABASE_URL)' : `embedded, in ${inState('postgres')}`,
      hosts: this.options.hosts,
    };
    process.stdout.write(`${greeting(facts, curlLines(this.apiUrl, this.adminToken, name, apiCaFile))}\n`);
  }
}

/** What does not answer yet may answer soon; what cannot be asked at all will not. */
function failuresOnly(error: unknown): undefined {
  if (error instanceof Failure) throw error;
}

/** Asks until it holds. Gives up, throwing Failure, after a while; or stays pending once `alive` says no, since whoever watches tells why. */
async function until(what: string, holds: () => Promise<boolean>, alive: () => boolean): Promise<void> {
  const deadline = Date.now() + startSeconds * 1000;
  while (!(await holds())) {
    if (!alive()) return new Promise(() => undefined);
    if (Date.now() > deadline) throw new Failure(`gave up after ${startSeconds} s waiting until ${what}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
