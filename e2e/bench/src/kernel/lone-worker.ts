import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Desired, FeedMessage, HostId, ObjectReport } from '@netyard/contracts';
import { inWorkspace } from '../workspace';
import type { Host } from './host';

/** How long it may say nothing while it is waited for. */
const silenceSeconds = 20;

type Heard =
  { type: 'report'; objects: ObjectReport[] } | { type: 'facts' | 'probe' | 'stopped' } | { type: 'log'; level: string; message: string };

/** The operations of a worker without an API: desired state in, reports out, as lines of JSON. */
export class LoneWorker {
  readonly #child: ChildProcess;
  readonly #reports = new Map<string, ObjectReport>();
  #lastError = '';
  #wake: (() => void) | undefined;

  constructor(
    host: Host,
    readonly netnsDirectory: string,
  ) {
    mkdirSync(netnsDirectory, { recursive: true });
    const config = {
      hostName: host.name,
      netnsPath: host.path,
      netnsDirectory,
      netnsEtcDirectory: `${netnsDirectory}/etc`,
      resolvConfPath: '/etc/resolv.conf',
      resolvConfDirectories: [],
      stateDirectory: null,
      underlay: [],
      pathIntervalMs: 0,
      maxFlows: null,
      fullRoundIntervalMs: 3_600_000,
    };
    this.#child = spawn(process.execPath, [inWorkspace('dist/worker/operations-process.js'), JSON.stringify(config)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    this.#child.stdin?.on('error', () => undefined);
    if (this.#child.stdout) createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(JSON.parse(line) as Heard));
    this.#send({ type: 'snapshot', hostId: '0192d3a0-0000-7000-8000-0d0000000001' as HostId }, { type: 'in-sync' });
  }

  /** Sends objects and waits until each is reported, at its generation, as standing or (`gone`) as gone. Throws for one that failed. */
  async realise(objects: Desired[], { gone = false }: { gone?: boolean } = {}): Promise<void> {
    this.#send(...objects.map((object): FeedMessage => ({ type: 'upsert', object })));
    const waiting = new Map(objects.map(({ id, generation }) => [id as string, generation]));
    while (waiting.size > 0) {
      for (const [id, generation] of waiting) {
        const report = this.#reports.get(id);
        if (report?.observedGeneration !== generation) break;
        if (report.gone !== gone || report.conditions.some(({ status }) => status !== 'True'))
          throw new Error(`the worker says of ${report.kind} ${id}: ${JSON.stringify(report.conditions)}`);
        waiting.delete(id);
      }
      if (waiting.size > 0) await this.#nextWord(waiting.size);
    }
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await exited;
  }

  #send(...messages: FeedMessage[]): void {
    this.#child.stdin?.write(`${JSON.stringify({ type: 'feed', messages })}\n`);
  }

  #hear(message: Heard): void {
    if (message.type === 'report') for (const report of message.objects) this.#reports.set(report.id, report);
    if (message.type === 'log' && message.level === 'error') this.#lastError = message.message;
    this.#wake?.();
  }

  async #nextWord(missing: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`the worker has not reported ${missing} objects; ${this.#lastError}`)),
        silenceSeconds * 1000,
      );
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
