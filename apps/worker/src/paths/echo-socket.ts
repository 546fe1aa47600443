import { randomBytes, randomInt } from 'node:crypto';
import { readError } from '../probes/error-queue';
import { AF_INET, AF_INET6, isIpv6, socketAddress } from '../probes/socket-address';
import { calls, errno, failure, setOption } from '../probes/system-calls';

// include/uapi/linux/in.h, in6.h, icmp.h, icmpv6.h, include/linux/socket.h, include/uapi/asm-generic/errno-base.h, errno.h
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const SOL_RAW = 255;
const ICMP_FILTER = 1;
const ICMP6_FILTER = 1;
const EMSGSIZE = 90;

const ipv4 = { family: AF_INET, level: 0, protocol: 1, headerBytes: 20, request: 8, reply: 0, mtuDiscover: 10, receiveErrors: 11 } as const;
const ipv6 = {
  family: AF_INET6,
  level: 41,
  protocol: 58,
  headerBytes: 40,
  request: 128,
  reply: 129,
  mtuDiscover: 23,
  receiveErrors: 25,
} as const;
/** Don't fragment, and do not ask the kernel what it believes of the path: IP_PMTUDISC_PROBE, IPV6_PMTUDISC_PROBE. Source: ip(7). */
const PMTUDISC_PROBE = 3;

const echoHeaderBytes = 8;
const tokenBytes = 8;
const readAtOnce = 256;

/** What was heard of an echo request, by its sequence number. */
export type Echo = { sequence: number } & ({ answered: true } | { answered: false; refusal: { by: string; mostBytes: number } });

/**
 * Sends ICMP echo requests of any size from one address of the namespace, which nobody may fragment, and hears of what became of them. Needs CAP_NET_RAW.
 * Equivalent to: `ping -M probe -s SIZE -I ADDRESS …`. Source: icmp(7), raw(7), RFC 792, RFC 4443.
 */
export class EchoSocket {
  readonly #version: typeof ipv4 | typeof ipv6;
  readonly #identifier = randomInt(0x1_0000);
  /** So that nobody answers who has not seen the request. */
  readonly #token = randomBytes(tokenBytes);
  /** Requests that are larger than the link of this host takes. */
  #tooLarge: number[] = [];

  private constructor(
    readonly fd: number,
    private readonly localAddress: string,
  ) {
    this.#version = isIpv6(localAddress) ? ipv6 : ipv4;
  }

  /** Throws where the namespace does not have the address, or the process not the capability. */
  static open(localAddress: string): EchoSocket {
    const { family, level, protocol, reply, mtuDiscover, receiveErrors } = isIpv6(localAddress) ? ipv6 : ipv4;
    const fd = calls.socket(family, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (fd < 0) throw failure('open a raw socket for echo requests');
    try {
      setOption(fd, level, mtuDiscover, PMTUDISC_PROBE);
      setOption(fd, level, receiveErrors, 1);
      const filter = onlyType(family, reply);
      const isFiltered = calls.setsockopt(
        fd,
        family === AF_INET ? SOL_RAW : protocol,
        family === AF_INET ? ICMP_FILTER : ICMP6_FILTER,
        filter,
        filter.length,
      );
      if (isFiltered < 0) throw failure('filter ICMP messages');
      const address = socketAddress(localAddress, 0);
      if (calls.bind(fd, address, address.length) < 0) throw failure(`send from ${localAddress}`);
    } catch (error) {
      calls.close(fd);
      throw error;
    }
    return new EchoSocket(fd, localAddress);
  }

  /** Sends a request of so many bytes from the IP header on. One that cannot leave the host is lost like any other. */
  send(remoteAddress: string, bytes: number, sequence: number): void {
    const { headerBytes, request, family } = this.#version;
    const message = Buffer.alloc(bytes - headerBytes);
    message.writeUInt8(request, 0);
    message.writeUInt16BE(this.#identifier, 4);
    message.writeUInt16BE(sequence, 6);
    this.#token.copy(message, echoHeaderBytes);
    // Of ICMPv6 messages the kernel makes the checksum itself.
    if (family === AF_INET) message.writeUInt16BE(checksum(message), 2);
    const address = socketAddress(remoteAddress, 0);
    const sent = calls.sendto(this.fd, message, message.length, MSG_DONTWAIT, address, address.length);
    if (sent < 0 && errno() === EMSGSIZE) this.#tooLarge.push(sequence);
  }

  /** What has come, without waiting. */
  receive(): Echo[] {
    const own = this.#tooLarge.splice(0).map((sequence): Echo => ({
      sequence,
      answered: false,
      refusal: { by: this.localAddress, mostBytes: 0 },
    }));
    return [...own, ...this.#refusals(), ...this.#answers()];
  }

  close(): void {
    calls.close(this.fd);
  }

  *#answers(): Generator<Echo> {
    const { family, reply } = this.#version;
    const packet = Buffer.alloc(readAtOnce);
    for (;;) {
      const length = Number(calls.recv(this.fd, packet, packet.length, MSG_DONTWAIT));
      if (length < 0) return;
      // A raw socket of IPv4 gives the IP header too.
      const message = packet.subarray(family === AF_INET ? (packet.readUInt8(0) & 0xf) * 4 : 0, length);
      if (message.length < echoHeaderBytes + tokenBytes || message.readUInt8(0) !== reply || !this.#isOurs(message)) continue;
      if (!message.subarray(echoHeaderBytes, echoHeaderBytes + tokenBytes).equals(this.#token)) continue;
      yield { sequence: message.readUInt16BE(6), answered: true };
    }
  }

  *#refusals(): Generator<Echo> {
    for (let error = readError(this.fd); error; error = readError(this.fd)) {
      const { number, info, offender, quoted } = error;
      if (number !== EMSGSIZE || quoted.length < echoHeaderBytes || !this.#isOurs(quoted)) continue;
      yield { sequence: quoted.readUInt16BE(6), answered: false, refusal: { by: offender, mostBytes: info } };
    }
  }

  #isOurs(message: Buffer): boolean {
    return message.readUInt16BE(4) === this.#identifier;
  }
}

/** struct icmp_filter, struct icmp6_filter: a bit for each type that is not wanted. */
function onlyType(family: number, type: number): Buffer {
  const filter = Buffer.alloc(family === AF_INET ? 4 : 32, 0xff);
  const word = (type >> 5) * 4;
  filter.writeUInt32LE((filter.readUInt32LE(word) & ~(1 << (type & 31))) >>> 0, word);
  return filter;
}

/** Source: RFC 1071. */
function checksum(message: Buffer): number {
  let sum = 0;
  for (let position = 0; position + 1 < message.length; position += 2) sum += message.readUInt16BE(position);
  if (message.length % 2 === 1) sum += (message.at(-1) ?? 0) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
