import { join } from 'node:path';
import type { Host as HostObject } from '@netyard/api-client';
import type { Bench } from '../bench';
import { Cleanup } from '../cleanup';
import { deleteSandboxNamespaces, Host } from '../kernel/host';
import { Wire } from '../kernel/wire';
import { until } from '../timing';
import { inWorkspace } from '../workspace';
import { ApiClient } from './api-client';
import { Program } from './program';

export interface DeploymentOptions {
  /** Whether a host with a worker belongs to it; there is one by default. */
  withHost?: boolean;
  /** Whether its hosts are linked, so that more of them can be added; not by default. */
  wired?: boolean;
  /** Whether its statements' plans can be asked for (`plansOf`); not by default. */
  explain?: boolean;
  /** How many API processes on the one database; clients speak to the first. One by default. */
  replicas?: number;
  /** Settings of the API besides. */
  environment?: Record<string, string>;
}

const token = 'bench-admin-token';

/** The real API on a new database, and a host with the real worker, as processes of their own. */
export class Deployment {
  readonly #cleanup: Cleanup;
  readonly #host: Host | undefined;
  readonly #worker: Program | undefined;
  readonly #wire: Wire | undefined;
  #hostCount = 1;

  private constructor(
    readonly databaseUrl: string,
    readonly api: Program,
    readonly client: ApiClient,
    private readonly bench: Bench,
    private readonly label: string,
    started: { cleanup: Cleanup; host?: Host; worker?: Program; wire?: Wire },
  ) {
    this.#cleanup = started.cleanup;
    this.#host = started.host;
    this.#worker = started.worker;
    this.#wire = started.wire;
  }

  static async start(
    bench: Bench,
    label: string,
    { withHost = true, wired = false, explain = false, replicas = 1, environment = {} }: DeploymentOptions = {},
  ): Promise<Deployment> {
    const cleanup = new Cleanup();
    bench.cleanup.add(() => cleanup.run());
    const databaseUrl = await (await bench.postgres()).createDatabase({ explain });
    const api = startApi(bench, label, databaseUrl, environment);
    cleanup.add(() => api.stop());
    const url = (await api.says(/^listening on /)).replace('listening on ', '').trim();
    for (let number = 2; number <= replicas; number++) {
      const further = startApi(bench, `${label}-${number}`, databaseUrl, environment);
      cleanup.add(() => further.stop());
      await further.says(/^listening on /);
    }
    const client = new ApiClient(url, token);
    cleanup.add(() => client.close());
    if (!withHost) return new Deployment(databaseUrl, api, client, bench, label, { cleanup });
    const wire = wired ? new Wire(`wire-${label}`) : undefined;
    if (wire) cleanup.add(() => wire.close());
    const host = Host.create(`host-${label}`);
    wire?.plug(host, 1);
    cleanup.add(() => {
      host.close();
      deleteSandboxNamespaces();
    });
    const worker = startWorker(bench, label, url, host);
    cleanup.add(() => worker.stop());
    await until(`host ${host.name} is Ready`, async () => {
      worker.assertRunning();
      return isReady(await client.get<HostObject>(`/v1/hosts/${host.name}`).catch(() => undefined));
    });
    return new Deployment(databaseUrl, api, client, bench, label, { cleanup, host, worker, wire });
  }

  /** A further host, linked with the others; its worker is up and it is Ready when this resolves. */
  async addHost(): Promise<Host> {
    const number = ++this.#hostCount;
    const host = Host.create(`host-${this.label}-${number}`);
    this.#cleanup.add(() => host.close());
    this.#wire?.plug(host, number);
    const worker = startWorker(this.bench, `${this.label}-${number}`, this.client.url, host);
    this.#cleanup.add(() => worker.stop());
    await until(`host ${host.name} is Ready`, async () => {
      worker.assertRunning();
      return isReady(await this.client.get<HostObject>(`/v1/hosts/${host.name}`).catch(() => undefined));
    });
    return host;
  }

  get host(): Host {
    if (!this.#host) throw new Error('this deployment has no host');
    return this.#host;
  }

  get worker(): Program {
    if (!this.#worker) throw new Error('this deployment has no worker');
    return this.#worker;
  }

  /** Further connections, for several clients at once. */
  clients(connections: number): ApiClient {
    const client = new ApiClient(this.client.url, token, connections);
    this.#cleanup.add(() => client.close());
    return client;
  }

  /** Ends its processes and removes the host. May be repeated. */
  close(): Promise<void> {
    return this.#cleanup.run();
  }
}

function startApi(bench: Bench, label: string, databaseUrl: string, environment: Record<string, string>): Program {
  return new Program('API', {
    command: [process.execPath, ...bench.profileFlags(`api-${label}`), inWorkspace('dist/api/main.js')],
    env: {
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      NETYARD_API_PORT: '0',
      NETYARD_ADMIN_TOKEN: token,
      ...environment,
    },
    logPath: join(bench.logFolder, `api-${label}.log`),
  });
}

function startWorker(bench: Bench, label: string, apiUrl: string, host: Host): Program {
  const where = ['--netns', host.path, '--netns-etc-dir', join(bench.folder, 'etc'), '--state-dir', join(bench.folder, `worker-${label}`)];
  const args = ['--api', apiUrl, '--name', host.name, ...where];
  return new Program('worker', {
    command: [process.execPath, ...bench.profileFlags(`worker-${label}`), inWorkspace('dist/worker/main.js'), ...args],
    env: { NETYARD_TOKEN: token },
    logPath: join(bench.logFolder, `worker-${label}.log`),
  });
}

const isReady = (host: HostObject | undefined): boolean =>
  host?.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
