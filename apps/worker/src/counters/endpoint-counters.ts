import { shaperLinkName, vethLinkName, type DesiredEndpoint, type EndpointCounters, type TrafficCounters } from '@netyard/contracts';
import { getLinkStatistics, type LinkStatistics, type RouteSocket } from '@netyard/netlink';

const bitsPerByte = 8;
const digits = 3;

/** Both directions at one moment. */
interface Sample {
  ingress: Traffic;
  egress: Traffic;
}

type Traffic = Pick<TrafficCounters, 'bytes' | 'packets' | 'dropped' | 'errors'>;

/**
 * What an endpoint receives (`ingress`) and sends, with the rates over the next `overMs`; the thread goes on meanwhile. Rejects when the endpoint has no link.
 * Equivalent to: `ip -s link show nyv…`, twice. Source: IFLA_STATS64 (linux/if_link.h).
 */
export async function measureEndpoint(socket: RouteSocket, endpoint: DesiredEndpoint, overMs: number): Promise<EndpointCounters> {
  const before = sample(socket, endpoint);
  const began = performance.now();
  await new Promise((resume) => setTimeout(resume, overMs));
  const after = sample(socket, endpoint);
  const elapsedMs = performance.now() - began;
  const { ingressMbps, egressMbps } = endpoint.limits;
  const mbps = (side: keyof Sample): number =>
    Number((((after[side].bytes - before[side].bytes) * bitsPerByte) / elapsedMs / 1000).toFixed(digits));
  return {
    ingress: { ...after.ingress, mbps: mbps('ingress'), limitMbps: ingressMbps },
    egress: { ...after.egress, mbps: mbps('egress'), limitMbps: egressMbps },
    overMs: Math.round(elapsedMs),
  };
}

function sample(socket: RouteSocket, { id, name, limits }: DesiredEndpoint): Sample {
  const link = getLinkStatistics(socket, vethLinkName(id));
  if (!link) throw new Error(`endpoint ${name} has no link ${vethLinkName(id)} on this host`);
  // The host's end of the pair sends what the sandbox receives. What the sandbox sends has passed its limit when it leaves by the shaper's queue.
  const shaper = limits.egressMbps === null ? undefined : getLinkStatistics(socket, shaperLinkName(id));
  return { ingress: sent(link), egress: shaper ? sent(shaper) : received(link) };
}

const sent = ({ sentBytes, sentPackets, sendDropped, sendErrors }: LinkStatistics): Traffic => ({
  bytes: sentBytes,
  packets: sentPackets,
  dropped: sendDropped,
  errors: sendErrors,
});

const received = ({ receivedBytes, receivedPackets, receiveDropped, receiveErrors }: LinkStatistics): Traffic => ({
  bytes: receivedBytes,
  packets: receivedPackets,
  dropped: receiveDropped,
  errors: receiveErrors,
});
