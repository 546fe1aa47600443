import { defaultRoutes as routesByGateway } from '../bridge/join';
import type { Joined } from '../driver';
import { inSandbox, type KernelObject } from '../kernel-object';
import { addressObjects, endpointLink, shimRoutes } from '../wire/join';
import { parentOf } from '../wire/parent';
import { flagOf, modeOf } from './options';

/** An ipvlan link in the sandbox with its addresses; the host's way to it, if it has one. */
export function join(joined: Joined): KernelObject[] {
  const { network, endpoint } = joined;
  const link = endpointLink(joined);
  return [
    { kind: 'ipvlan', ...link, parent: parentOf(network).link, mode: modeOf(network), flag: flagOf(network) },
    ...addressObjects(joined, link),
    ...shimRoutes(network, endpoint),
  ];
}

/** In mode l2 by the gateways of the subnets, which are routers on the wire; in the others, which have none, by the link itself: there is no ARP by which a gateway could be found. */
export function defaultRoutes(joined: Joined): KernelObject[] {
  const { network, sandbox, endpoint } = joined;
  if (modeOf(network) === 'l2') return routesByGateway(joined);
  const { interfaceName: link, addresses } = endpoint;
  if (network.internal || link === null) return [];
  const route = (destination: string): KernelObject => ({ kind: 'route', place: inSandbox(sandbox.id), destination, via: null, link });
  return [
    ...(addresses.some((address) => !address.includes(':')) ? [route('0.0.0.0/0')] : []),
    ...(addresses.some((address) => address.includes(':')) ? [route('::/0')] : []),
  ];
}
