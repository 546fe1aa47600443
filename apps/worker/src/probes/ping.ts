import type { ProbeResult, ProbeSpec } from '@netyard/contracts';
import { AF_INET, AF_INET6, isIpv6, rounded, socketAddress } from './socket-address';
import { calls, errno, failure } from './system-calls';

// include/uapi/linux/in.h, include/linux/net.h, include/uapi/linux/icmp.h, icmpv6.h, include/uapi/asm-generic/poll.h
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const IPPROTO_ICMP = 1;
const IPPROTO_ICMPV6 = 58;
const echoRequest = { v4: 8, v6: 128 };
const echoReply = { v4: 0, v6: 129 };
const POLLIN = 1;
const MSG_DONTWAIT = 0x40;

const intervalMs = 200;
/** How long the last answer is waited for. */
const lastWaitMs = 1_000;
const defaultCount = 3;
const maximumCount = 20;

/** An ICMP datagram socket: open to the groups of net.ipv4.ping_group_range, which managed sandboxes open to all. Source: icmp(7). */
export function openPingSocket(family: 4 | 6): number {
  const v6 = family === 6;
  const fd = calls.socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, v6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
  if (fd < 0) throw failure('open a ping socket (does net.ipv4.ping_group_range of the sandbox allow it?)');
  return fd;
}

/** Sends echo requests, one each 200 ms, and waits for the answers until the deadline. Equivalent to: `ping -c COUNT -i 0.2 TARGET`. */
export function ping(fd: number, { target, count = defaultCount }: ProbeSpec, deadline: number): ProbeResult {
  const family = isIpv6(target) ? 'v6' : 'v4';
  const address = socketAddress(target, 0);
  if (calls.connect(fd, address, address.length) < 0) throw failure(`ping ${target}`);
  const wanted = Math.min(maximumCount, Math.max(1, count));
  const sentAt: number[] = [];
  const times = new Map<number, number>();
  const begin = performance.now();
  for (;;) {
    const now = performance.now();
    if (sentAt.length < wanted && now >= begin + sentAt.length * intervalMs && now < deadline) {
      // A refusal (no route, the host is down) is a lost packet like any other.
      calls.send(fd, echo(echoRequest[family], sentAt.length), 64, 0);
      sentAt.push(performance.now());
    }
    const last = sentAt.at(-1) ?? begin;
    const until = sentAt.length < wanted ? begin + sentAt.length * intervalMs : last + lastWaitMs;
    const pause = Math.min(until, deadline) - performance.now();
    const isOver = pause <= 0 && (sentAt.length === wanted || performance.now() >= deadline);
    // Also when the time is up: on a busy machine it may be over before the first look, with all answers there.
    if (waitReadable(fd, Math.max(0, pause))) collect(fd, echoReply[family], sentAt, times);
    if (times.size === wanted || isOver) break;
  }
  calls.close(fd);
  return summary(sentAt.length, [...times.values()]);
}

function summary(sent: number, times: number[]): ProbeResult {
  const received = times.length;
  const lossPercent = sent === 0 ? 100 : Math.round(((sent - received) / sent) * 1000) / 10;
  const average = times.reduce((sum, time) => sum + time, 0) / received;
  const rttMs = received === 0 ? null : { min: rounded(Math.min(...times)), avg: rounded(average), max: rounded(Math.max(...times)) };
  return { kind: 'ping', sent, received, lossPercent, rttMs };
}

/** The kernel fills in checksum and identifier. */
function echo(type: number, sequence: number): Buffer {
  const message = Buffer.alloc(64);
  message.writeUInt8(type, 0);
  message.writeUInt16BE(sequence, 6);
  return message;
}

function waitReadable(fd: number, timeoutMs: number): boolean {
  const descriptor = Buffer.alloc(8);
  descriptor.writeInt32LE(fd, 0);
  descriptor.writeInt16LE(POLLIN, 4);
  return calls.poll(descriptor, 1, Math.ceil(timeoutMs)) > 0;
}

function collect(fd: number, replyType: number, sentAt: number[], times: Map<number, number>): void {
  const message = Buffer.alloc(2048);
  while (calls.recv(fd, message, message.length, MSG_DONTWAIT) >= 8 || errno() === EINTR) {
    const sequence = message.readUInt16BE(6);
    const sent = sentAt[sequence];
    if (message.readUInt8(0) === replyType && sent !== undefined && !times.has(sequence)) times.set(sequence, performance.now() - sent);
    message.fill(0);
  }
}

const EINTR = 4;
