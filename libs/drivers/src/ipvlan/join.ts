import { defaultRoutes as routesByGateway } from '../bridge/join';
import type { Joined } from '../driver';
import type { KernelObject } from '../kernel-object';
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

/** In mode l2 by the gateways of the subnets, which are routers on the wire; in the others by the link itself, since there is no ARP by which a gateway could be found. */
export function defaultRoutes(joined: Joined): KernelObject[] {
  const { network, endpoint } = joined;
  const byGateway = routesByGateway(joined);
  if (modeOf(network) === 'l2') return byGateway;
  return byGateway.map((route): KernelObject =>
    route.kind === 'route' ? { ...route, via: null, link: endpoint.interfaceName ?? route.link } : route,
  );
}
