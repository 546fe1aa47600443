import { bridgeLinkName, type DesiredNetwork, type DesiredPeer, vxlanLinkName } from '@netyard/contracts';
import type { KernelObject } from '../kernel-object';

/** Where its frames go, and its MAC address for each of its addresses, so that the bridge answers who asks for it (RFC 826, RFC 4861) and nothing is flooded. */
export function reach({ id }: DesiredNetwork, { macAddress, tunnelAddress, addresses }: DesiredPeer): KernelObject[] {
  if (macAddress === null || tunnelAddress === null) return [];
  return [
    { kind: 'forwarding', link: vxlanLinkName(id), macAddress, destination: tunnelAddress },
    ...addresses.map((address): KernelObject => ({ kind: 'neighbour', link: bridgeLinkName(id), address, macAddress })),
  ];
}
