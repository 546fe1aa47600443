import { vxlanLinkName, type DesiredNetwork, type HostTunnels, type LinkTraffic, type TunnelRemote } from '@netyard/contracts';
import { getLink } from '@netyard/netlink';
import type { DesiredStore } from '../operations/desired-store';
import type { Paths } from '../paths/paths';
import { stateFor } from '../paths/path-search';
import type { Routers } from '../routers/routers';
import { received, sent } from './endpoint-counters';

/** The host's tunnels as they are now, with what their links have counted. Equivalent to: `ip -s link show type vxlan`. Source: IFLA_STATS64 (linux/if_link.h). */
export const observeTunnels = (routers: Routers, store: DesiredStore, paths: Paths): HostTunnels => ({
  observedAt: new Date().toISOString(),
  tunnels: [...store.networks.values()].flatMap((network) => {
    if (network.deleted || !network.tunnel) return [];
    const { vni, port, localAddress, encryption } = network.tunnel;
    const link = vxlanLinkName(network.id);
    const socket = routers.get(network.routerId)?.socket;
    const { mtuBytes = null, statistics } = (socket && getLink(socket, link, true)) ?? {};
    return {
      networkId: network.id,
      link,
      vni,
      port,
      localAddress,
      encrypted: encryption !== null,
      mtuBytes,
      ingress: statistics ? received(statistics) : nothing,
      egress: statistics ? sent(statistics) : nothing,
      remotes: remotesOf(network, store, paths),
    };
  }),
});

const nothing: LinkTraffic = { bytes: 0, packets: 0, dropped: 0, errors: 0 };

function remotesOf(network: DesiredNetwork, store: DesiredStore, paths: Paths): TunnelRemote[] {
  const endpoints = new Map<string, number>();
  for (const { deleted, names, tunnelAddress } of store.peersOfNetwork(network.id))
    if (!deleted && names.length > 0 && tunnelAddress !== null) endpoints.set(tunnelAddress, (endpoints.get(tunnelAddress) ?? 0) + 1);
  return paths.ofNetwork(network).map(({ host, remoteAddress, neededBytes, result, measuredAt }) => ({
    host,
    address: remoteAddress,
    endpointCount: endpoints.get(remoteAddress) ?? 0,
    path: {
      neededBytes,
      state: stateFor(result, neededBytes),
      carriedBytes: result?.carriedBytes ?? null,
      refusedBy: result?.refusedBy ?? null,
    },
    measuredAt,
  }));
}
