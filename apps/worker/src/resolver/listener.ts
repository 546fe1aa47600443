import { createSocket, type RemoteInfo, type Socket as DatagramSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { headerBytes } from '@netyard/dns';
import { addressBytes, DatagramBatch, type SocketPair } from './sockets';

/** How a query is answered: into `out` at once, giving the length; or 0, and by `later` if at all. */
export type Respond = (query: Buffer, length: number, out: Buffer, overTcp: boolean, later: (answer: Buffer) => void) => number;

/** Batches that sockets may take before the thread does something else; libuv alone would let one socket wake it dozens of times before others. */
const batchesInTurn = 8;
const connectionLimit = 64;
/** And of all sandboxes together. */
const totalConnectionLimit = 256;
let connectionCount = 0;
const idleMs = 10_000;
const tcpBytes = 65_535;
/** Answers that a client may leave unread before no more of its queries are. */
const unreadLimitBytes = 256 * 1024;

/** Shared by all sockets of the thread: each batch is done with before the next one begins. */
let received: DatagramBatch | undefined;
let answers: DatagramBatch | undefined;
let tcpAnswer: Buffer | undefined;
/** Batches that are left in this turn of the event loop. */
let batchesLeft = batchesInTurn;

/**
 * The sockets of one sandbox's resolver. libuv tells that something has come; what else waits is then taken by system calls of many datagrams each, which
 * is several times faster than an event for each.
 */
export class Listener {
  readonly #udp: DatagramSocket;
  readonly #tcp: Server;
  readonly #connections = new Set<Socket>();
  #isOpen = true;

  constructor(
    private readonly sockets: SocketPair,
    private readonly respond: Respond,
  ) {
    received ??= new DatagramBatch();
    answers ??= new DatagramBatch();
    this.#udp = createSocket('udp4');
    this.#udp.on('message', (message, from) => this.#takeDatagrams(message, from));
    // A refusal of an earlier answer (ICMP) is not worth a word.
    this.#udp.on('error', () => undefined);
    this.#udp.bind({ fd: sockets.udp });
    this.#tcp = createServer({ noDelay: true }, (connection) => this.#takeConnection(connection));
    this.#tcp.maxConnections = connectionLimit;
    this.#tcp.on('error', () => undefined);
    this.#tcp.listen({ fd: sockets.tcp });
  }

  get port(): number {
    return this.sockets.port;
  }

  /** Answers that come later are dropped. */
  close(): void {
    this.#isOpen = false;
    this.#udp.close();
    this.#tcp.close();
    for (const connection of this.#connections) connection.destroy();
  }

  #takeDatagrams(first: Buffer, from: RemoteInfo): void {
    if (!received || !answers) return;
    this.#answerDatagram(first, first.length, toAddress(from), answers);
    if (batchesLeft === batchesInTurn) setImmediate(() => (batchesLeft = batchesInTurn));
    while (batchesLeft > 0) {
      batchesLeft--;
      const count = received.receive(this.sockets.udp);
      for (let slot = 0; slot < count; slot++) {
        if (answers.isFull) answers.send(this.sockets.udp);
        const packet = received.packets[slot];
        const address = received.addresses[slot];
        if (packet && address) this.#answerDatagram(packet, received.lengthOf(slot), address, answers);
      }
      if (!received.isFull) break;
    }
    answers.send(this.sockets.udp);
  }

  #answerDatagram(query: Buffer, length: number, address: Buffer, batch: DatagramBatch): void {
    const out = batch.packets[batch.count];
    if (!out) return;
    const port = address.readUInt16BE(2);
    const host = (): string => address.subarray(4, 8).join('.');
    let where: string | undefined;
    const written = this.respond(query, length, out, false, (answer) => {
      if (this.#isOpen && where !== undefined) this.#udp.send(answer, port, where, () => undefined);
    });
    if (written > 0) batch.add(address, written);
    // The batch's memory is used again before an answer comes.
    else where = host();
  }

  /** Queries with their length in front, any number on one connection (RFC 7766). */
  #takeConnection(connection: Socket): void {
    if (connectionCount >= totalConnectionLimit) return void connection.destroy();
    connectionCount++;
    connection.once('close', () => connectionCount--);
    this.#connections.add(connection);
    let waiting: Buffer = Buffer.alloc(0);
    const answerWaiting = (): void => {
      while (waiting.length >= 2 && connection.writableLength < unreadLimitBytes) {
        const length = waiting.readUInt16BE(0);
        if (length < headerBytes) return void connection.destroy();
        if (waiting.length < 2 + length) break;
        this.#answerStream(waiting.subarray(2, 2 + length), connection);
        waiting = waiting.subarray(2 + length);
      }
      if (connection.writableLength < unreadLimitBytes) connection.resume();
      else connection.pause();
    };
    connection.setTimeout(idleMs, () => connection.destroy());
    connection.on('error', () => connection.destroy());
    connection.on('close', () => this.#connections.delete(connection));
    connection.on('drain', answerWaiting);
    connection.on('data', (chunk: Buffer) => {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      answerWaiting();
    });
  }

  #answerStream(query: Buffer, connection: Socket): void {
    const out = (tcpAnswer ??= Buffer.alloc(tcpBytes));
    const written = this.respond(query, query.length, out, true, (answer) => connection.writable && connection.write(framed(answer)));
    if (written > 0) connection.write(framed(out.subarray(0, written)));
  }
}

function framed(answer: Buffer): Buffer {
  const bytes = Buffer.alloc(2 + answer.length);
  bytes.writeUInt16BE(answer.length);
  answer.copy(bytes, 2);
  return bytes;
}

/** struct sockaddr_in (include/uapi/linux/in.h). */
function toAddress({ address, port }: RemoteInfo): Buffer {
  const bytes = Buffer.alloc(addressBytes);
  bytes.writeUInt16LE(2, 0);
  bytes.writeUInt16BE(port, 2);
  address.split('.').forEach((part, index) => bytes.writeUInt8(Number(part), 4 + index));
  return bytes;
}
