import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routerNamespaceName, sandboxNamespaceName } from '@netyard/contracts';
import { deleteNamespace } from '@netyard/netlink';
import { ApiClient, type ApiObject } from './api-client';
import { nodeFlags, patience } from './emulation';
import { freePort } from './free-port';
import { createTestDatabase, type TestDatabase } from './postgres';
import { Underlay } from './underlay';

export interface DeploymentOptions {
  /** How many hosts, each a namespace with a worker. */
  hosts?: number;
  /** How many more namespaces on the underlay, numbered after the hosts, that run no worker. */
  outsiders?: number;
  /** How many API processes on the one database. */
  replicas?: number;
  /** Settings of the API besides. */
  environment?: Record<string, string>;
  /** Whether a router links the hosts. */
  routed?: boolean;
  /** More arguments of the workers. */
  workerArguments?: string[];
}

const startSeconds = Math.max(120, 60 * patience);

/** All of Netyard on this machine, with real processes: a database, API replicas, and workers in namespaces linked by an underlay. */
export class Deployment extends ApiClient {
  private readonly tenants: ApiClient[] = [];
  private readonly processes = new Map<string, ChildProcess>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'netyard-e2e-'));

  private constructor(
    readonly database: TestDatabase,
    readonly underlay: Underlay,
    private readonly environment: Record<string, string>,
    private readonly workerArguments: string[],
  ) {
    super(randomBytes(16).toString('hex'));
  }

  /** Everything is up and every host is registered when this resolves. */
  static async start(options: DeploymentOptions = {}): Promise<Deployment> {
    const { hosts = 1, outsiders = 0, replicas = 1, environment = {}, routed = false, workerArguments = [] } = options;
    const underlay = new Underlay(hosts + outsiders, { routed });
    const deployment = new Deployment(await createTestDatabase(), underlay, environment, workerArguments);
    try {
      for (let replica = 0; replica < replicas; replica++) await deployment.startApi(replica);
      const workers = deployment.underlay.hosts.slice(0, hosts);
      for (const host of workers) deployment.startWorker(host.hostName);
      for (const host of workers)
        await deployment.until(
          `host ${host.hostName} registers`,
          async () => (await deployment.get(`/v1/hosts/${host.hostName}`)).status === 200,
        );
      return deployment;
    } catch (error) {
      await deployment.close();
      throw error;
    }
  }

  /** Starts (again) the API process number `replica`, on the port it had before. */
  async startApi(replica: number): Promise<void> {
    const port = this.apiUrls[replica] ? new URL(this.apiUrls[replica]).port : String(await freePort());
    const child = this.spawn(`api-${replica}`, ['dist/api/main.js'], {
      ...this.database.environment,
      NETYARD_API_PORT: port,
      NETYARD_ADMIN_TOKEN: this.token,
      ...this.environment,
    });
    this.apiUrls[replica] = `http://127.0.0.1:${port}`;
    await this.until(`api ${replica} is ready`, async () => {
      if (child.exitCode !== null) throw new Error(`api ${replica} ended with ${child.exitCode}`);
      return (await fetch(`${this.apiUrls[replica]}/readyz`).catch(() => undefined))?.ok ?? false;
    });
  }

  /** Starts (again) the worker of a host; it talks to the given replicas, the first that answers. */
  startWorker(hostName: string, replicas: number[] = this.apiUrls.map((_, index) => index), token = this.token): void {
    const host = this.underlay.host(hostName);
    const api = replicas.map((replica) => this.apiUrls[replica]).join(',');
    const args = [
      '--api',
      api,
      '--name',
      hostName,
      '--netns',
      host.path,
      '--state-dir',
      join(this.folder, hostName),
      ...this.workerArguments,
    ];
    this.spawn(`worker-${hostName}`, ['dist/worker/main.js', ...args], { NETYARD_TOKEN: token });
  }

  private spawn(name: string, args: string[], env: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, [...nodeFlags, ...args], {
      env: { PATH: process.env['PATH'], NETYARD_LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.processes.set(name, child);
    return child;
  }

  /** Ends a process (`api-0`, `worker-h1`) and waits until it is gone. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.processes.get(name);
    this.processes.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /** Makes a tenant, and an owner of it. */
  async tenant(name: string, spec: Record<string, unknown> = {}): Promise<ApiClient> {
    const made = await this.request('POST', '/v1/tenants', { metadata: { name }, spec });
    const { body } = await this.request<{ status: { token?: string } }>('POST', `/v1/tenants/${name}/tokens`, { spec: { role: 'owner' } });
    if (made.status !== 201 || body.status.token === undefined)
      throw new Error(`making tenant ${name}: ${made.status} ${JSON.stringify(made.body)}`);
    const client = new ApiClient(body.status.token, this.apiUrls);
    this.tenants.push(client);
    return client;
  }

  /** The command that runs what follows in a managed sandbox, as people do: with its resolv.conf. */
  enter(sandbox: ApiObject): string[] {
    return ['ip', 'netns', 'exec', sandboxNamespaceName(sandbox.metadata.id)];
  }

  /** Asks again until the answer is yes; fails by name when that takes too long. */
  async until(what: string, holds: () => Promise<boolean>, seconds = startSeconds): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${what}`);
      await new Promise((resume) => setTimeout(resume, 50));
    }
  }

  /** Ends all of it. A worker leaves the kernel as it is when it ends, so the namespaces of its sandboxes and routers are deleted here. */
  async close(): Promise<void> {
    const names = (await Promise.all([this, ...this.tenants].map(namespacesOf))).flat();
    await Promise.all([...this.processes.keys()].map((name) => this.kill(name, 'SIGTERM')));
    for (const name of names) {
      deleteNamespace(`/run/netns/${name}`);
      rmSync(`/etc/netns/${name}`, { recursive: true, force: true });
    }
    this.underlay.close();
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Names of what there is of a tenant in the kernel; none of one that is there no more. */
async function namespacesOf(tenant: ApiClient): Promise<string[]> {
  const idsOf = async (kind: string, cursor = ''): Promise<string[]> => {
    const answer = await tenant
      .get<{ items?: ApiObject[]; nextCursor?: string | null }>(`/v1/${kind}?limit=500${cursor && `&cursor=${cursor}`}`)
      .catch(() => undefined);
    const { items = [], nextCursor } = answer?.body ?? {};
    return [...items.map(({ metadata }) => metadata.id), ...(nextCursor ? await idsOf(kind, encodeURIComponent(nextCursor)) : [])];
  };
  return [...(await idsOf('sandboxes')).map(sandboxNamespaceName), ...(await idsOf('routers')).map(routerNamespaceName)];
}
