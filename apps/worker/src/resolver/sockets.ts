import { closeSync } from 'node:fs';
import { KernelError, moveUp } from '@netyard/netlink';
import koffi from 'koffi';

const lib = koffi.load('libc.so.6');
type SystemCall = (...args: (number | bigint | Buffer | null)[]) => number;
const declare = (prototype: string): SystemCall => lib.func(prototype) as SystemCall;

/** Calls that Node does not offer, all without waiting; -1 is a failure. Source: the man pages of section 2 of the same names. */
const calls = {
  socket: declare('int socket(int domain, int type, int protocol)'),
  bind: declare('int bind(int fd, const void *address, uint32_t length)'),
  listen: declare('int listen(int fd, int backlog)'),
  getsockname: declare('int getsockname(int fd, _Out_ uint8_t *address, _Inout_ uint8_t *length)'),
  recvmmsg: declare('int recvmmsg(int fd, uintptr_t messages, unsigned int count, int flags, void *timeout)'),
  sendmmsg: declare('int sendmmsg(int fd, uintptr_t messages, unsigned int count, int flags)'),
};

// include/linux/socket.h, include/linux/net.h, asm-generic/fcntl.h
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const SOCK_FLAGS = 0o2004000;
const MSG_DONTWAIT = 0x40;
const backlog = 128;

/** struct sockaddr_in: family, port, address (include/uapi/linux/in.h). */
export const addressBytes = 16;

const failed = (operation: string): KernelError => new KernelError(operation, koffi.errno());

function bound(type: number, address: string, port: number): number {
  const fd = calls.socket(AF_INET, type | SOCK_FLAGS, 0);
  if (fd < 0) throw failed('open a socket for the resolver');
  const bytes = Buffer.alloc(addressBytes);
  bytes.writeUInt16LE(AF_INET, 0);
  bytes.writeUInt16BE(port, 2);
  address.split('.').forEach((part, index) => bytes.writeUInt8(Number(part), 4 + index));
  if (calls.bind(fd, bytes, bytes.length) === 0) return fd;
  const error = failed(`bind ${address}:${port}`);
  closeSync(fd);
  throw error;
}

function portOf(fd: number): number {
  const address = Buffer.alloc(addressBytes);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(address.length);
  if (calls.getsockname(fd, address, length) < 0) throw failed('getsockname');
  return address.readUInt16BE(2);
}

/** Two sockets of one number, which the kernel chose. */
export interface SocketPair {
  udp: number;
  tcp: number;
  port: number;
}

const attempts = 5;

/** Opens UDP and TCP at one port of the address, in the thread's namespace of the moment. Throws KernelError. */
export function openPair(address: string): SocketPair {
  for (let attempt = 1; ; attempt++) {
    const udp = bound(SOCK_DGRAM, address, 0);
    try {
      const port = portOf(udp);
      const tcp = bound(SOCK_STREAM, address, port);
      if (calls.listen(tcp, backlog) === 0) return { udp: moveUp(udp), tcp: moveUp(tcp), port };
      closeSync(tcp);
      throw failed(`listen on ${address}:${port}`);
    } catch (error) {
      closeSync(udp);
      if (attempt === attempts) throw error;
    }
  }
}

/** A UDP socket that is bound to nothing yet, in the thread's namespace of the moment. Throws KernelError. */
export const openDatagramSocket = (isIpv6: boolean): number => open(isIpv6, SOCK_DGRAM);

/** A TCP socket that is connected to nothing yet, in the thread's namespace of the moment. Throws KernelError. */
export const openStreamSocket = (isIpv6: boolean): number => open(isIpv6, SOCK_STREAM);

function open(isIpv6: boolean, type: number): number {
  const fd = calls.socket(isIpv6 ? AF_INET6 : AF_INET, type | SOCK_FLAGS, 0);
  if (fd < 0) throw failed('open a socket to an upstream');
  return fd;
}

/** Datagrams that one system call takes or sends. */
const slots = 64;
const packetBytes = 1_536;
const headerBytes = 64;
const vectorBytes = 16;

/**
 * Room for many datagrams, which one system call fills and another sends. The memory stays where it is, so that the structures that point into it are made
 * once. Source: recvmmsg(2), struct mmsghdr and struct iovec of the 64-bit ABI.
 */
export class DatagramBatch {
  readonly #memory = koffi.alloc('uint8_t', slots * (headerBytes + vectorBytes + addressBytes + packetBytes));
  readonly #base = koffi.address(this.#memory);
  readonly #bytes: Buffer;
  /** Where packets begin, one for each slot. */
  readonly packets: Buffer[] = [];
  readonly addresses: Buffer[] = [];
  count = 0;

  constructor() {
    const vectors = slots * headerBytes;
    const addresses = vectors + slots * vectorBytes;
    const packets = addresses + slots * addressBytes;
    this.#bytes = Buffer.from(koffi.view(this.#memory, packets + slots * packetBytes));
    this.#bytes.fill(0);
    for (let slot = 0; slot < slots; slot++) {
      const header = slot * headerBytes;
      const vector = vectors + slot * vectorBytes;
      const address = addresses + slot * addressBytes;
      const packet = packets + slot * packetBytes;
      this.#bytes.writeBigUInt64LE(this.#base + BigInt(address), header);
      this.#bytes.writeBigUInt64LE(this.#base + BigInt(vector), header + 16);
      this.#bytes.writeBigUInt64LE(1n, header + 24);
      this.#bytes.writeBigUInt64LE(this.#base + BigInt(packet), vector);
      this.addresses.push(this.#bytes.subarray(address, address + addressBytes));
      this.packets.push(this.#bytes.subarray(packet, packet + packetBytes));
    }
  }

  get isFull(): boolean {
    return this.count === slots;
  }

  /** Takes what has come, as far as there is room; gives how many. */
  receive(fd: number): number {
    for (let slot = 0; slot < slots; slot++) {
      this.#bytes.writeUInt32LE(addressBytes, slot * headerBytes + 8);
      this.#setLength(slot, packetBytes);
    }
    this.count = Math.max(0, calls.recvmmsg(fd, this.#base, slots, MSG_DONTWAIT, null));
    return this.count;
  }

  /** Length of a packet that was received. */
  lengthOf(slot: number): number {
    return this.#bytes.readUInt32LE(slot * headerBytes + 56);
  }

  /** Puts a packet, whose bytes are in `packets[count]` already, into the next slot, for an address. */
  add(address: Buffer, length: number): void {
    address.copy(this.addresses[this.count] as Buffer);
    this.#bytes.writeUInt32LE(addressBytes, this.count * headerBytes + 8);
    this.#setLength(this.count, length);
    this.count++;
  }

  /** Sends all, and is empty then. What the kernel does not take now is lost, as datagrams may be. */
  send(fd: number): void {
    let sent = 0;
    while (sent < this.count) {
      const taken = calls.sendmmsg(fd, this.#base + BigInt(sent * headerBytes), this.count - sent, MSG_DONTWAIT);
      // One that cannot be sent, to a port that is closed say, is not to keep the others back.
      sent += Math.max(1, taken);
    }
    this.count = 0;
  }

  #setLength(slot: number, length: number): void {
    this.#bytes.writeBigUInt64LE(BigInt(length), slots * headerBytes + slot * vectorBytes + 8);
  }
}
