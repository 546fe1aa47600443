import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxNamespaceName } from '@netyard/contracts';
import { deleteNamespace } from '@netyard/netlink';
import { nodeFlags, patience } from './emulation';
import { freePort } from './free-port';
import { createTestDatabase, type TestDatabase } from './postgres';
import { Underlay } from './underlay';

/** What a request got: the status, the headers, and the body as JSON. */
export interface Answer<Body = ApiObject> {
  status: number;
  headers: Headers;
  body: Body;
}

/** As much of an object of the API as tests look at. */
export interface ApiObject {
  metadata: { id: string; name: string; generation: number; resourceVersion: string; labels: Record<string, string> };
  spec: Record<string, unknown>;
  status: Record<string, never> & { conditions?: { type: string; status: string; reason: string; message: string }[] };
}

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

const startSeconds = 30 * patience;
/** How long the API is asked to hold its answer to a change. */
const prefer = `wait=${Math.min(20 * patience, 60)}`;

/** All of Netyard on this machine, with real processes: a database, API replicas, and workers in namespaces linked by an underlay. */
export class Deployment {
  readonly token = randomBytes(16).toString('hex');
  readonly apiUrls: string[] = [];
  private readonly processes = new Map<string, ChildProcess>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'netyard-e2e-'));

  private constructor(
    readonly database: TestDatabase,
    readonly underlay: Underlay,
    private readonly environment: Record<string, string>,
    private readonly workerArguments: string[],
  ) {}

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

  async request<Body = ApiObject>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    replica = 0,
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.apiUrls[replica]}${path}`, {
      method,
      // Tests block this process with commands: a connection that was kept would be closed meanwhile.
      headers: {
        connection: 'close',
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : undefined) as Body };
  }

  get<Body = ApiObject>(path: string): Promise<Answer<Body>> {
    return this.request<Body>('GET', path);
  }

  /** Creates an object and waits until it is Ready; fails the test with the answer otherwise. */
  async create(kind: 'networks' | 'sandboxes' | 'endpoints' | 'policies', name: string, spec: Record<string, unknown>): Promise<ApiObject> {
    const answer = await this.request('POST', `/v1/${kind}`, { metadata: { name }, spec }, { prefer });
    if (answer.status !== 201 || !isReady(answer.body))
      throw new Error(`creating ${kind} ${name}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
    return answer.body;
  }

  /** Publishes a port and waits until it is Ready; fails the test with the answer otherwise. */
  async publish(endpoint: string, port: Record<string, unknown>): Promise<ApiObject> {
    const answer = await this.request('POST', `/v1/endpoints/${endpoint}/ports`, port, { prefer });
    if (answer.status !== 201 || !isReady(answer.body))
      throw new Error(`publishing ${JSON.stringify(port)} of ${endpoint}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
    return answer.body;
  }

  /** Changes an object and waits until the change is Ready; fails the test with the answer otherwise. */
  async patch(path: string, body: unknown): Promise<ApiObject> {
    const answer = await this.request('PATCH', path, body, { prefer });
    if (answer.status !== 200 || !isReady(answer.body))
      throw new Error(`changing ${path}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
    return answer.body;
  }

  /** The command that runs what follows in a managed sandbox, as people do: with its resolv.conf. */
  enter(sandbox: ApiObject): string[] {
    return ['ip', 'netns', 'exec', sandboxNamespaceName(sandbox.metadata.id)];
  }

  /** Deletes an object and waits until it is gone from kernel and database. */
  async remove(path: string): Promise<void> {
    const answer = await this.request('DELETE', path, undefined, { prefer });
    if (answer.status !== 204) throw new Error(`deleting ${path}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
  }

  /** Runs a probe and gives its result. */
  async probe<Result = Record<string, unknown>>(spec: Record<string, unknown>): Promise<Result> {
    const answer = await this.request<{ status: { result: Result; error?: string } }>('POST', '/v1/probes', { spec });
    if (!answer.body.status?.result) throw new Error(`probe ${JSON.stringify(spec)}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.status.result;
  }

  /** Asks again until the answer is yes; fails by name when that takes too long. */
  async until(what: string, holds: () => Promise<boolean>, seconds = startSeconds): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${what}`);
      await new Promise((resume) => setTimeout(resume, 50));
    }
  }

  /** Ends all of it. A worker leaves the kernel as it is when it ends, so the namespaces of its sandboxes are deleted here. */
  async close(): Promise<void> {
    const sandboxes = await this.get<{ items: ApiObject[] }>('/v1/sandboxes?limit=500').catch(() => undefined);
    await Promise.all([...this.processes.keys()].map((name) => this.kill(name, 'SIGTERM')));
    for (const { metadata } of sandboxes?.body.items ?? []) {
      const name = sandboxNamespaceName(metadata.id);
      deleteNamespace(`/run/netns/${name}`);
      rmSync(`/etc/netns/${name}`, { recursive: true, force: true });
    }
    this.underlay.close();
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const isReady = (object: ApiObject): boolean =>
  object.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
