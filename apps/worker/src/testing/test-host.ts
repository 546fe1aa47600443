import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  sandboxNamespaceName,
  warningConditions,
  type Desired,
  type EventReport,
  type FeedMessage,
  type HostId,
  type ObjectReport,
} from '@netyard/contracts';
import { deleteNamespace } from '@netyard/netlink';
import { nodeFlags, patience, TestNamespace } from '@netyard/testing';
import { rolldown } from 'rolldown';
import type { FromOperations, OperationsConfig } from '../operations/messages';
import { sandboxId } from './desired';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const bundles = join(root, 'node_modules/.cache/netyard-worker-test');
/** Where `TestHost.start` puts the bundles. */
export const bundleDirectory = pathToFileURL(`${bundles}/`);
let built: Promise<void> | undefined;

/** Bundles the threads as the build does, where they find their packages. */
async function build(): Promise<void> {
  const { default: options } = await import(join(root, 'apps/worker/rolldown.config.mjs'));
  const { output, ...input } = options;
  const bundle = await rolldown({ ...input, logLevel: 'warn' });
  await bundle.write({ ...output, dir: bundles });
  await bundle.close();
}

const hostId = '0192d3a0-0000-7000-8000-0d0000000001' as HostId;

/** A namespace that plays a host, with the operations process of a worker in it. */
export class TestHost {
  readonly namespace = new TestNamespace('worker');
  readonly netnsDirectory = `/run/netns/${this.namespace.name}.d`;
  readonly #directory = mkdtempSync(join(tmpdir(), 'netyard-host-'));
  readonly stateDirectory = join(this.#directory, 'state');
  readonly netnsEtcDirectory = join(this.#directory, 'etc');
  /** The host's own resolv.conf, without a server at first. */
  readonly resolvConfPath = join(this.#directory, 'resolv.conf');
  /** Where adopted sandboxes may have theirs. */
  readonly resolvConfDirectory = join(this.#directory, 'containers');
  readonly reports = new Map<string, ObjectReport>();
  readonly events: EventReport[] = [];
  readonly messages: FromOperations[] = [];
  #process: ChildProcess | undefined;
  #heard: (() => void)[] = [];

  private constructor(private readonly settings: Partial<OperationsConfig>) {}

  static async start(settings: Partial<OperationsConfig> = {}): Promise<TestHost> {
    await (built ??= build());
    const host = new TestHost(settings);
    for (const directory of [host.netnsDirectory, host.netnsEtcDirectory, host.resolvConfDirectory, host.stateDirectory])
      mkdirSync(directory, { recursive: true });
    writeFileSync(host.resolvConfPath, '# no servers\n');
    host.startProcess();
    return host;
  }

  /** Starts (again) the operations process; it knows nothing yet. */
  startProcess(): void {
    const config: OperationsConfig = {
      hostName: this.namespace.name,
      netnsPath: this.namespace.path,
      netnsDirectory: this.netnsDirectory,
      netnsEtcDirectory: this.netnsEtcDirectory,
      resolvConfPath: this.resolvConfPath,
      resolvConfDirectories: [this.resolvConfDirectory],
      stateDirectory: this.stateDirectory,
      underlay: [],
      wireguardPort: 51820,
      keyLifetimeMs: 86_400_000,
      pathIntervalMs: 1_000,
      fullRoundIntervalMs: 3_600_000,
      maxFlows: null,
      ...this.settings,
    };
    const child = spawn(process.execPath, [...nodeFlags, join(bundles, 'operations-process.js'), JSON.stringify(config)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(JSON.parse(line)));
    child.stdin.on('error', () => undefined);
    child.on('exit', () => this.#process === child && this.#wake());
    this.#process = child;
    this.reports.clear();
  }

  /** Ends the process and waits until it is gone; the kernel stays as it is. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** Stops and continues the process: what happens meanwhile it hears of later. */
  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  send(...messages: FeedMessage[]): void {
    this.#process?.stdin?.write(`${JSON.stringify({ type: 'feed', messages })}\n`);
  }

  upsert(...objects: Desired[]): void {
    this.send(...objects.map((object): FeedMessage => ({ type: 'upsert', object })));
  }

  /** A whole snapshot, closed by in-sync. */
  snapshot(...objects: Desired[]): void {
    this.send({ type: 'snapshot', hostId }, ...objects.map((object): FeedMessage => ({ type: 'upsert', object })), {
      type: 'in-sync',
    });
  }

  /** Waits for the next word of the process until the condition holds. Throws, with the reports of what has failed, when it falls silent. */
  async until(what: string, holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#process && this.#process.exitCode !== null) throw new Error(`the process ended before ${what}`);
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve, reject) => {
        this.#heard.push(resolve);
        timer = setTimeout(
          () => reject(new Error(`${what} did not come about: ${JSON.stringify(this.#failures().slice(0, 3), null, 1)}`)),
          60_000 * patience,
        );
      }).finally(() => clearTimeout(timer));
    }
  }

  /** What was reported last, of objects that are not as they should be. */
  #failures(): ObjectReport[] {
    return [...this.reports.values()].filter(({ conditions }) => conditions.some(({ status }) => status !== 'True'));
  }

  ready(...objects: Desired[]): Promise<void> {
    return this.until('ready', () =>
      objects.every(({ id, generation }) => {
        const report = this.reports.get(id);
        return (
          report?.observedGeneration === generation &&
          !report.gone &&
          report.conditions.every(({ type, status }) => status === 'True' || warningConditions.has(type))
        );
      }),
    );
  }

  gone(...objects: Desired[]): Promise<void> {
    return this.until('gone', () =>
      objects.every(({ id, generation }) => this.reports.get(id)?.gone && this.reports.get(id)?.observedGeneration === generation),
    );
  }

  /** Sends objects and waits until they are ready. */
  async realise(...objects: Desired[]): Promise<void> {
    this.upsert(...objects);
    await this.ready(...objects);
  }

  sandboxPath(id: string): string {
    return join(this.netnsDirectory, sandboxNamespaceName(id));
  }

  hasSandbox(id: string): boolean {
    return existsSync(this.sandboxPath(id));
  }

  /** Names of links with our names on the host. */
  links(): string[] {
    return this.namespace
      .ip<{ ifname: string }[]>('link')
      .map(({ ifname }) => ifname)
      .filter((name) => name.startsWith('ny'))
      .sort();
  }

  /** Runs a command inside a managed sandbox. */
  runInSandbox(number: number, command: string, ...args: string[]): string {
    return execFileSync('nsenter', [`--net=${this.sandboxPath(sandboxId(number))}`, command, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** What `ip -j …` says inside a managed sandbox. */
  inSandbox<Entry = Record<string, unknown>>(number: number, ...args: string[]): Entry[] {
    return JSON.parse(this.runInSandbox(number, 'ip', '-j', ...args) || '[]').filter((entry: object) => Object.keys(entry).length > 0);
  }

  /** Whether an echo request is answered; they are sent for so long. Where none is to be, a second will do. */
  pings(number: number, target: string, seconds = 30 * patience): boolean {
    try {
      this.runInSandbox(number, 'ping', '-c1', '-i0.2', `-w${seconds}`, target);
      return true;
    } catch {
      return false;
    }
  }

  deleteSandbox(number: number): void {
    deleteNamespace(this.sandboxPath(sandboxId(number)));
  }

  /** Waits, by the kernel's own events, until exactly these links have our names. */
  async linksBecome(names: string[]): Promise<void> {
    const wanted = JSON.stringify([...names].sort());
    const monitor = spawn('ip', ['netns', 'exec', this.namespace.name, 'ip', 'monitor', 'link'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const deadline = Date.now() + 60_000 * patience;
      while (JSON.stringify(this.links()) !== wanted) {
        if (Date.now() > deadline) throw new Error(`links are ${this.links().join(' ')}, not ${names.join(' ')}`);
        // What happens before the monitor listens is told to nobody.
        await Promise.race([once(monitor.stdout, 'data'), new Promise((resolve) => setTimeout(resolve, 500))]);
      }
    } finally {
      monitor.kill();
    }
  }

  async close(): Promise<void> {
    await this.kill();
    for (const name of readdirSync(this.netnsDirectory)) deleteNamespace(join(this.netnsDirectory, name));
    spawnSync('umount', ['--lazy', this.netnsDirectory], { stdio: 'ignore' });
    for (const directory of [this.netnsDirectory, this.#directory]) rmSync(directory, { recursive: true, force: true });
    this.namespace.close();
  }

  #hear(message: FromOperations): void {
    this.messages.push(message);
    if (message.type === 'report') {
      for (const report of message.objects) this.reports.set(report.id, report);
      this.events.push(...message.events);
    }
    this.#wake();
  }

  #wake(): void {
    for (const heard of this.#heard.splice(0)) heard();
  }
}
