import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DesiredProbe, ProbeReport, ProbeResult } from '@netyard/contracts';
import type { Log } from '../operations/messages';
import { serversOf } from '../resolver/resolv-conf';
import type { ProbeRequest } from './probe-request';

const atOnce = 8;
/** More than this many waiting are refused, so that nobody can pile work up on a host. */
const queueLimit = 256;
const outputLimitBytes = 64 * 1024;
const graceMs = 1_000;
const defaultTimeoutMs = 10_000;
/** Ids of finished probes that are remembered: the feed may bring one again. */
const rememberedIds = 2_000;

interface Waiting {
  probe: DesiredProbe;
  namespacePath: string | null;
  resolvConfPath: string;
}

/** Runs probes, each in a child process of its own that gives up its privileges, a few at a time; each id once. */
export class ProbeRunner {
  readonly #seen = new Set<string>();
  readonly #queue: Waiting[] = [];
  readonly #running = new Set<ChildProcess>();

  constructor(
    private readonly program: URL,
    private readonly onReport: (report: ProbeReport) => void,
    private readonly log: Log,
    private readonly hostResolvConfPath = '/etc/resolv.conf',
  ) {}

  /** `namespacePath` null: the probe runs in the namespace of this process. `resolvConfPath`: where its servers are read, the host's own if there is none. */
  run(probe: DesiredProbe, namespacePath: string | null, resolvConfPath: string | null = null): void {
    if (this.#seen.has(probe.id)) return;
    this.#remember(probe.id);
    if (this.#queue.length >= queueLimit) {
      this.#report(probe, null, `${queueLimit} probes are waiting on this host already`);
      return;
    }
    this.#queue.push({ probe, namespacePath, resolvConfPath: resolvConfPath ?? this.hostResolvConfPath });
    this.#next();
  }

  /** Process ids of the probes that run. */
  get pids(): number[] {
    return [...this.#running].flatMap(({ pid }) => pid ?? []);
  }

  stop(): void {
    this.#queue.length = 0;
    for (const child of this.#running) child.kill('SIGKILL');
  }

  #next(): void {
    while (this.#running.size < atOnce) {
      const waiting = this.#queue.shift();
      if (!waiting) return;
      if (Date.parse(waiting.probe.expiresAt) < Date.now()) this.#report(waiting.probe, null, 'the probe expired before it could run');
      else this.#start(waiting);
    }
  }

  #start({ probe, namespacePath, resolvConfPath }: Waiting): void {
    const timeoutMs = Math.min(30_000, Math.max(100, probe.spec.timeoutMs ?? defaultTimeoutMs));
    const child = spawn(process.execPath, ['--max-old-space-size=48', fileURLToPath(this.program)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {},
    });
    const request: ProbeRequest = { namespacePath, servers: serversOf(resolvConfPath), timeoutMs, spec: probe.spec };
    let output = '';
    let complaint = '';
    const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs + graceMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > outputLimitBytes) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(0, 1_000)));
    child.stdin.on('error', () => undefined).end(JSON.stringify(request));
    this.#running.add(child);
    child.on('error', (error) => (complaint = error.message));
    child.on('close', (_, signal) => {
      clearTimeout(deadline);
      this.#running.delete(child);
      this.#finish(probe, output, signal === null ? complaint : `the probe was ended after ${timeoutMs} ms`);
      this.#next();
    });
  }

  #finish(probe: DesiredProbe, output: string, complaint: string): void {
    try {
      const { result, error }: { result: ProbeResult | null; error: string | null } = JSON.parse(output);
      this.#report(probe, result, error);
    } catch {
      this.log('warn', 'a probe gave no answer', { probe: probe.id, complaint });
      this.#report(probe, null, complaint.trim().split('\n').at(-1) || 'the probe ended without an answer');
    }
  }

  #report({ id }: DesiredProbe, result: ProbeResult | null, error: string | null): void {
    this.onReport({ id, result, error });
  }

  #remember(id: string): void {
    this.#seen.add(id);
    for (const oldest of this.#seen) {
      if (this.#seen.size <= rememberedIds) return;
      this.#seen.delete(oldest);
    }
  }
}
