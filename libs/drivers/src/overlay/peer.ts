import { bridgeLinkName, type DesiredNetwork, type DesiredPeer, vxlanLinkName, wireguardLinkName } from '@netyard/contracts';
import type { KernelObject } from '../kernel-object';

/**
 * Where its frames go, and its MAC address for each of its addresses, so that the bridge answers who asks for it (RFC 826, RFC 4861) and nothing is flooded. In a router's
 * namespace the kernel cannot be told of a link of the host's own (drivers/net/vxlan/vxlan_core.c, vxlan_fdb_parse): there the route of the inner addresses leads to it alone.
 */
export function reach({ id, tunnel, routerId }: DesiredNetwork, { macAddress, tunnelAddress, addresses }: DesiredPeer): KernelObject[] {
  if (macAddress === null || tunnelAddress === null) return [];
  const via = tunnel?.encryption && routerId === null ? { via: wireguardLinkName(tunnel.encryption.underlay) } : {};
  return [
    { kind: 'forwarding', link: vxlanLinkName(id), macAddress, destination: tunnelAddress, ...via },
    ...addresses.map((address): KernelObject => ({ kind: 'neighbour', link: bridgeLinkName(id), address, macAddress })),
  ];
}
