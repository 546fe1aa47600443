import type { ProbeResult, ProbeSpec } from '@netyard/contracts';
import { fromByteArray } from 'ipaddr.js';
import koffi from 'koffi';
import { AF_INET, AF_INET6, isIpv6, rounded, socketAddress } from './socket-address';
import { calls, failure } from './system-calls';

// include/uapi/linux/in.h, in6.h, errqueue.h, icmp.h, icmpv6.h, include/linux/socket.h, include/uapi/asm-generic/poll.h
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const IPPROTO_IP = 0;
const IPPROTO_IPV6 = 41;
const IP_TTL = 2;
const IP_RECVERR = 11;
const IPV6_UNICAST_HOPS = 16;
const IPV6_RECVERR = 25;
const MSG_ERRQUEUE = 0x2000;
const MSG_DONTWAIT = 0x40;
const SO_EE_ORIGIN_LOCAL = 1;
const unreachable = { v4: 3, v6: 1 };

const basePort = 33_434;
const hopWaitMs = 1_000;
const defaultMaxHops = 16;
const maximumHops = 30;

type Hop = Extract<ProbeResult, { kind: 'trace' }>['hops'][number];

/**
 * Sends one datagram for each distance and reads who answered that it went no further, from the socket's error queue: no privilege is needed.
 * Equivalent to: `tracepath TARGET`. Source: ip(7), IP_RECVERR.
 */
export function trace({ target, maxHops = defaultMaxHops }: ProbeSpec, deadline: number): ProbeResult {
  const hops: Hop[] = [];
  const limit = Math.min(maximumHops, Math.max(1, maxHops));
  for (let ttl = 1; ttl <= limit && performance.now() < deadline; ttl++) {
    const answer = probeHop(target, ttl, deadline);
    hops.push({ ttl, address: answer?.address ?? null, rttMs: answer ? rounded(answer.rttMs) : null });
    if (answer?.final) return { kind: 'trace', reached: answer.address === target, hops };
  }
  return { kind: 'trace', reached: false, hops };
}

interface HopAnswer {
  address: string;
  rttMs: number;
  /** The datagram went as far as it could: nothing listens on its port, or there is no way. */
  final: boolean;
}

function probeHop(target: string, ttl: number, deadline: number): HopAnswer | undefined {
  const v6 = isIpv6(target);
  const fd = calls.socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) throw failure('open a socket');
  try {
    setOption(fd, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_RECVERR : IP_RECVERR, 1);
    setOption(fd, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_UNICAST_HOPS : IP_TTL, ttl);
    const address = socketAddress(target, basePort + ttl);
    if (calls.connect(fd, address, address.length) < 0) throw failure(`trace ${target}`);
    const begin = performance.now();
    if (calls.send(fd, Buffer.alloc(32), 32, 0) < 0) throw failure(`trace ${target}`);
    const descriptor = Buffer.alloc(8);
    descriptor.writeInt32LE(fd, 0);
    const waitMs = Math.max(1, Math.ceil(Math.min(hopWaitMs, deadline - begin)));
    if (calls.poll(descriptor, 1, waitMs) <= 0) return undefined;
    const answer = readError(fd);
    return answer && { ...answer, rttMs: performance.now() - begin };
  } finally {
    calls.close(fd);
  }
}

function setOption(fd: number, level: number, name: number, value: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  if (calls.setsockopt(fd, level, name, bytes, 4) < 0) throw failure('set a socket option');
}

koffi.struct('iovec', { base: 'void *', length: 'size_t' });
koffi.struct('msghdr', {
  name: 'void *',
  nameLength: 'uint32_t',
  vectors: 'iovec *',
  vectorCount: 'size_t',
  control: 'void *',
  controlLength: 'size_t',
  flags: 'int',
});
const recvmsg = koffi.load('libc.so.6').func('int64_t recvmsg(int fd, _Inout_ msghdr *message, int flags)');

const controlHeaderBytes = 16;
/** struct sock_extended_err, behind which the offender's sockaddr lies. */
const extendedErrorBytes = 16;

function readError(fd: number): Omit<HopAnswer, 'rttMs'> | undefined {
  const control = Buffer.alloc(512);
  const data = Buffer.alloc(512);
  const message = {
    name: null,
    nameLength: 0,
    vectors: [{ base: data, length: data.length }],
    vectorCount: 1,
    control,
    controlLength: control.length,
    flags: 0,
  };
  if (recvmsg(fd, message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return undefined;
  const error = control.subarray(controlHeaderBytes);
  const origin = error.readUInt8(4);
  if (origin <= SO_EE_ORIGIN_LOCAL) return undefined;
  const type = error.readUInt8(5);
  const offender = error.subarray(extendedErrorBytes);
  const v6 = offender.readUInt16LE(0) === AF_INET6;
  const address = fromByteArray([...(v6 ? offender.subarray(8, 24) : offender.subarray(4, 8))]).toString();
  return { address, final: type === (v6 ? unreachable.v6 : unreachable.v4) };
}
