import { defaultRoutes as routesByGateway } from '../bridge/join';
import type { Joined } from '../driver';
import type { KernelObject } from '../kernel-object';
import { addressObjects, endpointLink, shimRoutes } from '../wire/join';
import { parentOf } from '../wire/parent';
import { modeOf } from './options';

/** A macvlan link in the sandbox with its addresses; the host's way to it, if it has one. */
export function join(joined: Joined): KernelObject[] {
  const { network, endpoint } = joined;
  const link = endpointLink(joined);
  return [
    { kind: 'macvlan', ...link, parent: parentOf(network).link, mode: modeOf(network), macAddress: endpoint.macAddress },
    ...addressObjects(joined, link),
    ...shimRoutes(network, endpoint),
  ];
}

/** By the gateways of the subnets, which are routers on the wire. */
export const defaultRoutes = routesByGateway;
