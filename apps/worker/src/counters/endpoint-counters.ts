import { vethLinkName, type DesiredEndpoint, type EndpointCounters } from '@netyard/contracts';
import { getLinkStatistics, type LinkStatistics, type RouteSocket } from '@netyard/netlink';

const bitsPerByte = 8;
const digits = 3;

/**
 * What an endpoint receives (`ingress`) and sends, with the rates over the next `overMs`; the thread goes on meanwhile. Rejects when the endpoint has no link.
 * Equivalent to: `ip -s link show nyv…`, twice. Source: IFLA_STATS64 (linux/if_link.h).
 */
export async function measureEndpoint(socket: RouteSocket, { id, name, limits }: DesiredEndpoint, overMs: number): Promise<EndpointCounters> {
  const read = (): LinkStatistics => {
    const statistics = getLinkStatistics(socket, vethLinkName(id));
    if (!statistics) throw new Error(`endpoint ${name} has no link ${vethLinkName(id)} on this host`);
    return statistics;
  };
  const before = read();
  const began = performance.now();
  await new Promise((resume) => setTimeout(resume, overMs));
  const after = read();
  const elapsedMs = performance.now() - began;
  // The host's end of the pair sends what the sandbox receives.
  const mbps = (bytes: number): number => Number(((bytes * bitsPerByte) / elapsedMs / 1000).toFixed(digits));
  return {
    ingress: {
      bytes: after.sentBytes,
      packets: after.sentPackets,
      dropped: after.sendDropped,
      errors: after.sendErrors,
      mbps: mbps(after.sentBytes - before.sentBytes),
      limitMbps: limits.ingressMbps,
    },
    egress: {
      bytes: after.receivedBytes,
      packets: after.receivedPackets,
      dropped: after.receiveDropped,
      errors: after.receiveErrors,
      mbps: mbps(after.receivedBytes - before.receivedBytes),
      limitMbps: limits.egressMbps,
    },
    overMs: Math.round(elapsedMs),
  };
}
