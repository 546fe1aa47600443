import { closeSync } from 'node:fs';
import koffi from 'koffi';
import * as c from './constants';
import { KernelError } from './kernel-error';
import { errno, libc } from './libc';
import { decodeMessages, type NetlinkMessage } from './message';

const recvmsg = koffi.load('libc.so.6').func('int64_t recvmsg(int fd, uintptr_t message, int flags)') as (
  ...args: (number | bigint)[]
) => number;

const EINTR = 4;
const EAGAIN = 11;
const ENOBUFS = 105;

const dataBytes = 64 * 1024;
const controlBytes = 64;
const bufferBytes = 8 * 1024 * 1024;
/** A slice of datagrams at a time, so that a storm of them does not keep the caller from merging what it has. */
const datagramsAtOnce = 128;

/** Messages of one datagram. */
export interface EventDatagram {
  /** The number that the namespace where it happened has in the listener's; undefined: in the listener's own. */
  nsid: number | undefined;
  messages: NetlinkMessage[];
}

export interface EventFilter {
  /** Whether to hear of the thread's namespace alone. */
  isHere?: boolean;
  /** The one type of message to hear; others are dropped by the kernel, at no cost to whoever listens. */
  messageType?: number;
}

/**
 * Hears what the kernel tells of changes in the thread's namespace, and in every namespace that has a number there. The latter needs CAP_NET_BROADCAST in the
 * user namespace of that namespace. Source: netlink(7), NETLINK_LISTEN_ALL_NSID; recvmsg(2), cmsg(3).
 */
export class EventSocket {
  readonly #memory = koffi.alloc('uint8_t', 56 + 16 + controlBytes + dataBytes);
  readonly #base = koffi.address(this.#memory);
  readonly #bytes = Buffer.from(koffi.view(this.#memory, 56 + 16 + controlBytes + dataBytes));

  private constructor(readonly fd: number) {
    // struct msghdr, struct iovec, then control data and data.
    this.#bytes.fill(0, 0, 72);
    this.#bytes.writeBigUInt64LE(this.#base + 56n, 16);
    this.#bytes.writeBigUInt64LE(1n, 24);
    this.#bytes.writeBigUInt64LE(this.#base + 72n, 32);
    this.#bytes.writeBigUInt64LE(this.#base + BigInt(72 + controlBytes), 56);
    this.#bytes.writeBigUInt64LE(BigInt(dataBytes), 64);
  }

  /** Listens from now on to groups of a netlink family (NETLINK_ROUTE, NETLINK_NETFILTER). Throws KernelError. */
  static open(family: number, groups: readonly number[], { isHere = false, messageType }: EventFilter = {}): EventSocket {
    const fd = libc.socket(c.AF_NETLINK, c.SOCK_RAW | c.SOCK_CLOEXEC, family);
    if (fd < 0) throw new KernelError('open a netlink socket', errno());
    try {
      const address = Buffer.alloc(12);
      address.writeUInt16LE(c.AF_NETLINK);
      if (libc.bind(fd, address, address.length) < 0) throw new KernelError('bind a netlink socket', errno());
      const size = int32(bufferBytes);
      if (libc.setsockopt(fd, c.SOL_SOCKET, c.SO_RCVBUFFORCE, size, 4) < 0) libc.setsockopt(fd, c.SOL_SOCKET, c.SO_RCVBUF, size, 4);
      if (messageType !== undefined) dropOthers(fd, messageType);
      if (!isHere && libc.setsockopt(fd, c.SOL_NETLINK, c.NETLINK_LISTEN_ALL_NSID, int32(1), 4) < 0)
        throw new KernelError('listen to all namespaces', errno());
      for (const group of groups)
        if (libc.setsockopt(fd, c.SOL_NETLINK, c.NETLINK_ADD_MEMBERSHIP, int32(group), 4) < 0)
          throw new KernelError(`listen to group ${group}`, errno());
      return new EventSocket(fd);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /**
   * What has come, without waiting: some of it, nothing when there is nothing, `lost` when there was more than the socket could hold. Messages are valid until the
   * next datagram is taken, so `take` has to be done with them. Throws KernelError.
   */
  receive(take: (datagram: EventDatagram) => void): 'some' | 'none' | 'lost' {
    for (let count = 0; count < datagramsAtOnce; count++) {
      this.#bytes.writeBigUInt64LE(BigInt(controlBytes), 40);
      const length = recvmsg(this.fd, this.#base, c.MSG_DONTWAIT);
      if (length >= 0) {
        const data = 72 + controlBytes;
        take({ nsid: this.#nsid(), messages: decodeMessages(this.#bytes.subarray(data, data + length)) });
        continue;
      }
      const number = errno();
      if (number === EAGAIN) return count === 0 ? 'none' : 'some';
      if (number === ENOBUFS) return 'lost';
      if (number !== EINTR) throw new KernelError('receive kernel events', number);
    }
    return 'some';
  }

  close(): void {
    closeSync(this.fd);
  }

  /** struct cmsghdr: length, level, type; then the number. */
  #nsid(): number | undefined {
    const length = this.#bytes.readBigUInt64LE(40);
    if (length < 20n) return undefined;
    const isNsid = this.#bytes.readInt32LE(80) === c.SOL_NETLINK && this.#bytes.readInt32LE(84) === c.NETLINK_LISTEN_ALL_NSID;
    return isNsid ? this.#bytes.readInt32LE(88) : undefined;
  }
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}

/** A program of the classic packet filter: load the type (as a big-endian number), compare, take all or nothing. Source: linux/filter.h, bpf(4). */
function dropOthers(fd: number, messageType: number): void {
  const swapped = ((messageType & 0xff) << 8) | (messageType >> 8);
  const typeOffset = 4;
  const program = [
    [0x28, 0, 0, typeOffset],
    [0x15, 0, 1, swapped],
    [0x06, 0, 0, 0xffff_ffff],
    [0x06, 0, 0, 0],
  ];
  const memory = koffi.alloc('uint8_t', program.length * 8);
  const bytes = Buffer.from(koffi.view(memory, program.length * 8));
  for (const [index, [code = 0, ifTrue = 0, ifFalse = 0, value = 0]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  }
  // struct sock_fprog
  const description = Buffer.alloc(16);
  description.writeUInt16LE(program.length, 0);
  description.writeBigUInt64LE(koffi.address(memory), 8);
  if (libc.setsockopt(fd, c.SOL_SOCKET, c.SO_ATTACH_FILTER, description, description.length) < 0)
    throw new KernelError('filter kernel events', errno());
}

/** Blocks until one of the descriptors can be read, or the time is over (-1: never). Gives, for each, whether it can. Source: poll(2). */
export function waitForAny(descriptors: readonly number[], timeoutMs: number): boolean[] {
  const bytes = Buffer.alloc(descriptors.length * 8);
  for (const [index, fd] of descriptors.entries()) {
    bytes.writeInt32LE(fd, index * 8);
    bytes.writeInt16LE(c.POLLIN, index * 8 + 4);
  }
  while (libc.poll(bytes, descriptors.length, timeoutMs) < 0) {
    const number = errno();
    if (number !== EINTR) throw new KernelError('wait for kernel events', number);
  }
  return descriptors.map((_, index) => bytes.readInt16LE(index * 8 + 6) !== 0);
}
