import {
  shaperLinkName,
  vethLinkName,
  type DesiredEndpoint,
  type EndpointCounters,
  type EndpointLimits,
  type LinkTraffic,
} from '@netyard/contracts';
import { getLinkStatistics, type LinkStatistics, type RouteSocket } from '@netyard/netlink';

const bitsPerByte = 8;
const digits = 3;

/** Both directions at one moment. */
export interface Sample {
  ingress: LinkTraffic;
  egress: LinkTraffic;
}

/** What an endpoint has received and sent until now. Throws when it has no link. */
export type ReadCounters = () => Sample;

/**
 * What an endpoint receives (`ingress`) and sends, with the rates over the next `overMs`; the thread goes on meanwhile. Rejects when the endpoint has no link.
 * Equivalent to: `ip -s link show …`, twice. Source: IFLA_STATS64 (linux/if_link.h).
 */
export async function measureEndpoint(
  read: ReadCounters,
  { ingressMbps, egressMbps }: EndpointLimits,
  overMs: number,
): Promise<EndpointCounters> {
  // The clock is read around the counters: a thread that is kept waiting in between tells no rate that never was.
  const began = performance.now();
  const before = read();
  await new Promise((resume) => setTimeout(resume, overMs));
  const after = read();
  const elapsedMs = performance.now() - began;
  const mbps = (side: keyof Sample): number =>
    Number((((after[side].bytes - before[side].bytes) * bitsPerByte) / elapsedMs / 1000).toFixed(digits));
  return {
    ingress: { ...after.ingress, mbps: mbps('ingress'), limitMbps: ingressMbps },
    egress: { ...after.egress, mbps: mbps('egress'), limitMbps: egressMbps },
    overMs: Math.round(elapsedMs),
  };
}

/** Of the host's end of a veth pair, which sends what the sandbox receives. What the sandbox sends has passed its limit when it leaves by the shaper's queue. */
export const hostCounters =
  (socket: RouteSocket, { id, name, limits }: DesiredEndpoint): ReadCounters =>
  () => {
    const link = getLinkStatistics(socket, vethLinkName(id));
    if (!link) throw new Error(`endpoint ${name} has no link ${vethLinkName(id)} on this host`);
    const shaper = limits.egressMbps === null ? undefined : getLinkStatistics(socket, shaperLinkName(id));
    return { ingress: sent(link), egress: shaper ? sent(shaper) : received(link) };
  };

/** Of the interface in the sandbox, in which the socket is. */
export function interfaceCounters(socket: RouteSocket, { name, interfaceName }: DesiredEndpoint): Sample {
  const link = getLinkStatistics(socket, interfaceName ?? '');
  if (!link) throw new Error(`endpoint ${name} has no interface ${interfaceName} in its sandbox`);
  return { ingress: received(link), egress: sent(link) };
}

/** What a link has sent. */
export const sent = ({ sentBytes, sentPackets, sendDropped, sendErrors }: LinkStatistics): LinkTraffic => ({
  bytes: sentBytes,
  packets: sentPackets,
  dropped: sendDropped,
  errors: sendErrors,
});

/** What a link has received. */
export const received = ({ receivedBytes, receivedPackets, receiveDropped, receiveErrors }: LinkStatistics): LinkTraffic => ({
  bytes: receivedBytes,
  packets: receivedPackets,
  dropped: receiveDropped,
  errors: receiveErrors,
});
