import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { Socket } from 'node:net';
import type { UpstreamState } from '@netyard/contracts';
import { inNamespace, type Namespace } from '@netyard/netlink';
import { readAnswer, upstreamQuery, type UpstreamAnswer } from './message';
import { openDatagramSocket, openStreamSocket } from './sockets';

/** Source: RFC 1035 section 4.1.1: answers that another server would not better. */
const goodCodes = new Set([0, 3]);
const formatError = 1;
/** How long a server that failed is asked last. */
const penaltyMs = 10_000;
const dnsPort = 53;
/** A datagram may be lost: after so long it is sent again. */
const resendMs = 500;

/** One upstream server, asked from the thread's namespace or from a sandbox. Each query has a socket, a port and an id of its own (RFC 5452 section 9). */
export class Upstream {
  #queries = 0;
  #failures = 0;
  #rttMs: number | null = null;
  #lastError: string | null = null;
  #failedAtMs = -Infinity;

  constructor(
    readonly address: string,
    private readonly namespace: Namespace | null,
  ) {}

  get isHealthy(): boolean {
    return performance.now() - this.#failedAtMs > penaltyMs;
  }

  get state(): UpstreamState {
    return {
      address: this.address,
      askedFrom: this.namespace ? 'sandbox' : 'host',
      healthy: this.isHealthy,
      queries: this.#queries,
      failures: this.#failures,
      rttMs: this.#rttMs,
      lastError: this.#lastError,
    };
  }

  /** It has not answered for so long: others are asked first for a while, unless it does after all. */
  isSlow(milliseconds: number): void {
    this.#failedAtMs = performance.now();
    this.#lastError = `no answer within ${milliseconds} ms`;
  }

  /** The answer, over TCP when it is too long for UDP. Rejects when there is none before the signal, or it says that the server cannot answer. */
  async ask(question: Buffer, signal: AbortSignal): Promise<UpstreamAnswer> {
    this.#queries++;
    const began = performance.now();
    try {
      let answer = await this.#overUdp(question, signal, true);
      // Old servers take an option for a mistake (RFC 6891 section 7).
      if (answer.code === formatError) answer = await this.#overUdp(question, signal, false);
      if (answer.truncated) answer = await this.#overTcp(question, signal);
      if (!goodCodes.has(answer.code)) throw new Error(`${this.address} answered with code ${answer.code}`);
      this.#rttMs = Math.round((performance.now() - began) * 100) / 100;
      this.#failedAtMs = -Infinity;
      return answer;
    } catch (error) {
      // Another one may have been faster: that is no fault of this one's.
      if (signal.reason !== answeredByAnother) {
        this.#failures++;
        this.#failedAtMs = performance.now();
        this.#lastError = error instanceof Error ? error.message : String(error);
      }
      throw error;
    }
  }

  #overUdp(question: Buffer, signal: AbortSignal, withOption: boolean): Promise<UpstreamAnswer> {
    signal.throwIfAborted();
    const isIpv6 = this.address.includes(':');
    const socket = createSocket(isIpv6 ? 'udp6' : 'udp4');
    return new Promise((resolve, reject) => {
      const id = randomInt(65_536);
      const query = upstreamQuery(question, id, withOption);
      let isOpen = true;
      let resend: NodeJS.Timeout | undefined;
      const end = (): void => {
        clearInterval(resend);
        signal.removeEventListener('abort', onAbort);
        if (isOpen) socket.close();
        isOpen = false;
      };
      const fail = (error: Error): void => {
        end();
        reject(error);
      };
      const onAbort = (): void => fail(new Error(`${this.address} did not answer`));
      signal.addEventListener('abort', onAbort);
      socket.on('error', (error) => fail(error));
      socket.on('message', (message) => {
        const answer = readAnswer(message, question, id);
        if (!answer) return;
        end();
        resolve(answer);
      });
      socket.once('connect', () => {
        if (!isOpen) return;
        socket.send(query);
        resend = setInterval(() => socket.send(query), resendMs);
      });
      socket.once('listening', () => isOpen && socket.connect(dnsPort, this.address));
      try {
        socket.bind({ fd: this.#within(() => openDatagramSocket(isIpv6)) });
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Each message has its length in front (RFC 1035 section 4.2.2). */
  #overTcp(question: Buffer, signal: AbortSignal): Promise<UpstreamAnswer> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const id = randomInt(65_536);
      const socket = new Socket({ fd: this.#within(() => openStreamSocket(this.address.includes(':'))) });
      let received = Buffer.alloc(0);
      const end = (): void => {
        signal.removeEventListener('abort', onAbort);
        socket.destroy();
      };
      const fail = (error: Error): void => {
        end();
        reject(error);
      };
      const onAbort = (): void => fail(new Error(`${this.address} did not answer over TCP`));
      signal.addEventListener('abort', onAbort);
      socket.on('error', fail);
      socket.on('close', () => fail(new Error(`${this.address} hung up`)));
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
        const answer = readAnswer(received.subarray(2, 2 + received.readUInt16BE(0)), question, id);
        if (!answer) return fail(new Error(`${this.address} answered something else`));
        end();
        resolve(answer);
      });
      socket.connect(dnsPort, this.address, () => {
        const query = upstreamQuery(question, id, true);
        const length = Buffer.alloc(2);
        length.writeUInt16BE(query.length);
        socket.write(Buffer.concat([length, query]));
      });
    });
  }

  #within<T>(open: () => T): T {
    return this.namespace ? inNamespace(this.namespace, open) : open();
  }
}

/** Why a query is given up that another server has answered meanwhile. */
export const answeredByAnother = new Error('another server answered');
