import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, renameSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inState } from '../workspace';
import { notable } from './notable';

export interface PartOptions {
  command: string[];
  env?: Record<string, string | undefined>;
  /** What asks it to end; SIGTERM by default. */
  stopSignal?: NodeJS.Signals;
  /** How long it may take to end before it is killed. */
  stopSeconds?: number;
}

const tailLines = 15;

/** A process that is part of the run: it logs to a file, is told to end in order, and never outlives the launcher. */
export class Part {
  /** Resolves once it has ended, with a sentence on how. Never rejects. */
  readonly ended: Promise<string>;
  readonly logPath: string;
  private readonly tail: string[] = [];
  private readonly child: ChildProcess;
  private readonly log: WriteStream;
  private lineWatcher: ((line: string) => void) | undefined;
  private running = true;

  constructor(
    readonly name: string,
    private readonly options: PartOptions,
    private readonly show: (line: string) => void,
  ) {
    this.logPath = rotatedLog(name);
    this.log = createWriteStream(this.logPath, { flags: 'a', mode: 0o600 });
    const [program = '', ...args] = options.command;
    this.child = spawn(program, args, {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: Ctrl-C reaches the launcher alone, which ends its parts in order.
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.keep(line));
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => this.close(error.message, resolve));
      this.child.once('close', (code, signal) => this.close(signal ? `was ended by ${signal}` : `ended with exit code ${code}`, resolve));
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** The last lines that it said. */
  get lastLines(): string[] {
    return [...this.tail];
  }

  /** Resolves when it says a line that matches; rejects when it ends first. */
  says(pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      this.lineWatcher = (line) => {
        if (pattern.test(line)) resolve();
      };
      if (this.tail.some((line) => pattern.test(line))) resolve();
      void this.ended.then((how) => reject(new Error(`${this.name} ${how}`)));
    });
  }

  /** Ends it: by its signal, then by SIGKILL when it takes too long. May be repeated. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.child.kill(this.options.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(
      () => {
        this.show(`${this.name} did not end within ${this.options.stopSeconds ?? 10} s and is killed`);
        this.child.kill('SIGKILL');
      },
      (this.options.stopSeconds ?? 10) * 1000,
    );
    await this.ended;
    clearTimeout(timer);
  }

  private keep(line: string): void {
    this.log.write(`${line}\n`);
    this.tail.push(line);
    if (this.tail.length > tailLines) this.tail.shift();
    this.lineWatcher?.(line);
    const worth = notable(line);
    if (worth) this.show(`${this.name}: ${worth}`);
  }

  private close(how: string, resolve: (how: string) => void): void {
    this.running = false;
    this.log.end();
    resolve(how);
  }
}

/** A command which the kernel ends when the process that started it is gone, however it went. Source: prctl(2), PR_SET_PDEATHSIG. */
export function tied(signal: 'TERM' | 'INT' | 'KILL', ...command: string[]): string[] {
  return ['setpriv', '--pdeathsig', signal, '--', ...command];
}

function rotatedLog(name: string): string {
  mkdirSync(inState('logs'), { recursive: true, mode: 0o700 });
  const path = join(inState('logs'), `${name}.log`);
  if (existsSync(path)) renameSync(path, `${path}.1`);
  return path;
}
