import { type DesiredNetwork, ownerAlias } from '@netyard/contracts';
import { onHost, type KernelObject } from '../kernel-object';
import { parentObjects, parentOf } from '../wire/parent';
import { shimAddresses, shimLink } from '../wire/shim';

export { noUnderlay as underlay } from '../no-underlay';

/** The parent; and the host's own link on it, if it is to reach its endpoints. */
export function network(network: DesiredNetwork): KernelObject[] {
  const shim = shimLink(network);
  if (shim === undefined) return parentObjects(network);
  return [
    ...parentObjects(network),
    {
      kind: 'macvlan',
      place: onHost,
      name: shim,
      alias: ownerAlias('network', network.id),
      parent: parentOf(network).link,
      mode: 'bridge',
      macAddress: network.hostMac,
      mtuBytes: null,
      ipv6: network.subnets.some(({ cidr }) => cidr.includes(':')),
    },
    ...shimAddresses(network).map((address): KernelObject => ({ kind: 'address', place: onHost, link: shim, address })),
  ];
}
