import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface ProgramOptions {
  command: string[];
  env?: Record<string, string | undefined>;
  logPath: string;
  stopSignal?: NodeJS.Signals;
}

const tailLines = 12;
const stopSeconds = 20;
const startSeconds = 60;

/** A process that a measurement needs; its output goes to a log. */
export class Program {
  readonly #child: ChildProcess;
  readonly #tail: string[] = [];
  readonly #ended: Promise<string>;
  readonly #listeners = new Set<(line: string) => void>();
  #how: string | undefined;

  constructor(
    readonly name: string,
    private readonly options: ProgramOptions,
  ) {
    const [program = '', ...args] = options.command;
    const log = createWriteStream(options.logPath, { flags: 'a' });
    this.#child = spawn(program, args, {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`);
        this.#tail.push(line);
        if (this.#tail.length > tailLines) this.#tail.shift();
        for (const listener of this.#listeners) listener(line);
      });
    }
    this.#ended = new Promise((resolve) => {
      const end = (how: string): void => {
        this.#how ??= how;
        log.end();
        resolve(how);
      };
      this.#child.once('error', (error) => end(error.message));
      this.#child.once('close', (code, signal) => end(signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resident memory in MiB, of this process alone. Source: proc_pid_status(5), VmRSS. */
  get residentMiB(): number {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'));
    return Number(match?.[1]) / 1024;
  }

  /** Resolves with a line that matches; throws, with its last words, when it ends first or takes too long. Ask before it can have said it. */
  says(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const listener = (line: string): void => {
        if (pattern.test(line)) finish(() => resolve(line));
      };
      const timer = setTimeout(
        () => finish(() => reject(this.#failure(`did not say ${pattern} within ${startSeconds} s`))),
        startSeconds * 1000,
      );
      const finish = (then: () => void): void => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        then();
      };
      this.#listeners.add(listener);
      const said = this.#tail.find((line) => pattern.test(line));
      if (said !== undefined) finish(() => resolve(said));
      void this.#ended.then((how) => finish(() => reject(this.#failure(how))));
    });
  }

  /** Hands on every line that it says; gives what ends that. */
  listen(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Throws when it does not run any more. */
  assertRunning(): void {
    if (this.#how !== undefined) throw this.#failure(this.#how);
  }

  /** Ends it, by SIGKILL if it takes too long. May be repeated. */
  async stop(): Promise<void> {
    if (this.#how !== undefined) return;
    this.#child.kill(this.options.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), stopSeconds * 1000);
    await this.#ended;
    clearTimeout(timer);
  }

  #failure(how: string): Error {
    return new Error([`${this.name} ${how}`, ...this.#tail].join('\n  '));
  }
}
