import { spawn, type ChildProcess } from 'node:child_process';
import { clientCommand, programFolders } from './client-command';
import { EventReader, type ClientEvent } from './client-event';
import type { LeaseWish } from './messages';

/** What every client of a host is started with. */
export interface ClientGround {
  /** An open descriptor of the hook, readable and executable by everybody. */
  hookFd: number;
  hasNobody: boolean;
}

/** How long a client may take to give its lease back: long for one that runs, since a host may be busy. */
const releaseLimitMs = 5_000;
/** After its end the kernel may still be asking who has the server's address, to which the release goes. */
const releaseLingerMs = 200;
const complaintLimit = 2_000;

/** One DHCP client process. */
export class DhcpClient {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  #complaint = '';
  #isStopping = false;

  /** `onEnd` is called with what it said last, when it ends unasked. No event comes after either. */
  constructor(
    wish: LeaseWish,
    requested: string | null,
    { hookFd, hasNobody }: ClientGround,
    onEvent: (event: ClientEvent) => void,
    onEnd: (complaint: string) => void,
  ) {
    const [program, args] = clientCommand(wish, requested, hasNobody);
    const child = (this.#process = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'ignore', hookFd],
      env: { PATH: programFolders.join(':') },
      cwd: '/',
    }));
    const reader = new EventReader();
    child.stdout?.setEncoding('latin1').on('data', (piece: string) => {
      for (const event of reader.take(piece)) if (!this.#isStopping) onEvent(event);
    });
    child.stderr?.setEncoding('latin1').on('data', (piece: string) => (this.#complaint = (this.#complaint + piece).slice(-complaintLimit)));
    child.on('error', (error) => (this.#complaint = error.message));
    this.#ended = new Promise((resolve) =>
      child.on('close', () => {
        resolve();
        if (!this.#isStopping) onEnd(lastLine(this.#complaint));
      }),
    );
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Ends it and leaves the lease as it is. */
  stop(): void {
    this.#isStopping = true;
    this.#process.kill('SIGKILL');
    // Where it could not be ended by a signal, its hook ends it.
    this.#process.stdout?.destroy();
  }

  /** Has it give the lease back and end; resolves when that has been sent, or cannot be. */
  async release(): Promise<void> {
    this.#isStopping = true;
    if (!this.#process.kill('SIGTERM')) return;
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), releaseLimitMs);
    await this.#ended;
    clearTimeout(timer);
    await new Promise((resolve) => setTimeout(resolve, releaseLingerMs));
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
