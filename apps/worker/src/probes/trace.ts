import type { ProbeResult, ProbeSpec } from '@netyard/contracts';
import { readError, SO_EE_ORIGIN_LOCAL } from './error-queue';
import { AF_INET, AF_INET6, isIpv6, rounded, socketAddress } from './socket-address';
import { calls, failure, setOption } from './system-calls';

// include/uapi/linux/in.h, in6.h, icmp.h, icmpv6.h
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const IPPROTO_IP = 0;
const IPPROTO_IPV6 = 41;
const IP_TTL = 2;
const IP_RECVERR = 11;
const IPV6_UNICAST_HOPS = 16;
const IPV6_RECVERR = 25;
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
    const answer = readHopError(fd);
    return answer && { ...answer, rttMs: performance.now() - begin };
  } finally {
    calls.close(fd);
  }
}

function readHopError(fd: number): Omit<HopAnswer, 'rttMs'> | undefined {
  const error = readError(fd);
  if (!error || error.origin <= SO_EE_ORIGIN_LOCAL) return undefined;
  return { address: error.offender, final: error.type === (isIpv6(error.offender) ? unreachable.v6 : unreachable.v4) };
}
