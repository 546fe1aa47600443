import { isDeepStrictEqual } from 'node:util';
import type { Lease } from '@netyard/contracts';
import { parseLease, refusalOf, type ClientEvent } from './client-event';
import { DhcpClient, type ClientGround } from './dhcp-client';
import type { LeaseProblem, LeaseStatus, LeaseWish } from './messages';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** Longer timers than this Node does not know. */
const longestTimerMs = 2 ** 31 - 1;
/** A server may take so long to extend a lease until that is told: of a short lease an eighth of its time. */
const extensionMs = 10_000;

/**
 * Keeps one endpoint's lease: runs a client for it, again when it ends unasked, and says what is known. Also without a client a lease holds until its time is over, and no longer.
 */
export class LeaseKeeper {
  #client: DhcpClient | undefined;
  #problem: LeaseProblem | null;
  #refusal: string | undefined;
  #said: LeaseStatus | undefined;
  #pauseMs = firstPauseMs;
  #restart: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `lease`: what is known from before. `onStatus` is called whenever there is news. */
  constructor(
    readonly wish: LeaseWish,
    private readonly ground: ClientGround,
    private lease: Lease | null,
    private readonly onStatus: (status: LeaseStatus) => void,
  ) {
    this.#problem = lease ? null : { reason: 'Requesting', message: 'a DHCP server on the wire is being looked for' };
    this.#watchTime();
    this.#start();
    this.#tell();
  }

  get current(): Lease | null {
    return this.lease;
  }

  get pid(): number | undefined {
    return this.#client?.pid;
  }

  /** Ends the client and leaves the lease as it is, for whoever asks for it again. */
  stop(): void {
    this.#clearTimers();
    this.#client?.stop();
  }

  /** Gives the lease back. */
  async release(): Promise<void> {
    this.#clearTimers();
    await this.#client?.release();
  }

  #start(): void {
    this.#client = new DhcpClient(
      this.wish,
      this.lease?.address ?? null,
      this.ground,
      (event) => this.#take(event),
      (complaint) => this.#ended(complaint),
    );
    this.#refusal = undefined;
  }

  #take(event: ClientEvent): void {
    switch (event.name) {
      case 'bound':
      case 'renew':
        this.#bound(event);
        break;
      case 'nak':
        this.#refusal = refusalOf(event);
        this.#lose({
          reason: 'Refused',
          message: `the DHCP server refuses the address that was asked for${this.#refusal && `: ${this.#refusal}`}`,
        });
        break;
      case 'leasefail':
        if (!this.lease && this.#problem?.reason !== 'Expired') this.#problem = this.#noServer();
        break;
      default:
        // `deconfig`: at the client's start, and when the time is over, of which the timer tells.
        break;
    }
    this.#tell();
  }

  #noServer(): LeaseProblem {
    return { reason: 'NoServer', message: `no DHCP server answers on ${this.wish.interfaceName}; it goes on asking` };
  }

  #bound(event: ClientEvent): void {
    const read = parseLease(event, new Date());
    if ('fault' in read) {
      this.#lose({ reason: 'Unusable', message: `what the DHCP server offers cannot be used: ${read.fault}` });
      return;
    }
    this.lease = read;
    this.#problem = null;
    this.#pauseMs = firstPauseMs;
    this.#watchTime();
  }

  #lose(problem: LeaseProblem): void {
    this.lease = null;
    this.#problem = problem;
    this.#watchTime();
  }

  #ended(complaint: string): void {
    if (!this.lease)
      this.#problem = { reason: 'ClientFailed', message: `the DHCP client ended and is started again: ${complaint || 'it said nothing'}` };
    this.#tell();
    this.#restart = setTimeout(() => this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
  }

  /** Looks at the lease again when its time comes: to be extended, or to end. */
  #watchTime(): void {
    clearTimeout(this.#timer);
    if (!this.lease) return;
    const now = Date.now();
    const end = Date.parse(this.lease.expiresAt);
    if (now >= end) {
      const { address, server, expiresAt } = this.lease;
      this.#lose({ reason: 'Expired', message: `the lease of ${address} ended at ${expiresAt}, and server ${server} has not extended it` });
      return;
    }
    const half = Date.parse(this.lease.renewAt);
    const late = half + Math.min(extensionMs, (end - half) / 4);
    if (now >= late) this.lease = { ...this.lease, state: 'renewing' };
    this.#timer = setTimeout(
      () => {
        this.#watchTime();
        this.#tell();
      },
      Math.min(longestTimerMs, (now >= late ? end : late) - now),
    );
  }

  #tell(): void {
    const status = { lease: this.lease, problem: this.#problem };
    if (isDeepStrictEqual(status, this.#said)) return;
    this.#said = status;
    this.onStatus(status);
  }

  #clearTimers(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#restart);
  }
}
