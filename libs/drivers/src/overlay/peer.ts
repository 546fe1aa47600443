import { bridgeLinkName, type DesiredNetwork, type DesiredPeer, vxlanLinkName, wireguardLinkName } from '@netyard/contracts';
import type { KernelObject } from '../kernel-object';

/** Where its frames go, and its MAC address for each of its addresses, so that the bridge answers who asks for it (RFC 826, RFC 4861) and nothing is flooded. */
export function reach({ id, tunnel }: DesiredNetwork, { macAddress, tunnelAddress, addresses }: DesiredPeer): KernelObject[] {
  if (macAddress === null || tunnelAddress === null) return [];
  const via = tunnel?.encryption ? { via: wireguardLinkName(tunnel.encryption.underlay) } : {};
  return [
    { kind: 'forwarding', link: vxlanLinkName(id), macAddress, destination: tunnelAddress, ...via },
    ...addresses.map((address): KernelObject => ({ kind: 'neighbour', link: bridgeLinkName(id), address, macAddress })),
  ];
}
