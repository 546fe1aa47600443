import { NetyardError, routerLinkName, type DesiredPort, type DesiredRouter } from '@netyard/contracts';
import { portElements, routesLocalhost, versionOf } from '../bridge/port';
import type { KernelObject } from '../kernel-object';

/** A published port of an endpoint behind a router: the host leads it to the router's uplink, and the router to the endpoint. The address of a client outside is kept by both. */

/** The leg on the host. Throws NetyardError when the API has chosen no port of the router, or there is no address of that version of IP. */
export function outerLeg(port: DesiredPort, router: DesiredRouter): KernelObject[] {
  const address = ofVersion(router.uplink.addresses, port);
  if (port.routerPort === null || address === undefined)
    throw new NetyardError('internal', `port ${port.name} was given no place at the uplink of router ${router.name}`);
  return [...routesLocalhost(routerLinkName(router.id), port), ...portElements({ ...port, port: port.routerPort }, address)];
}

/**
 * The port as it is published in the router, whose only other addresses are gateways. What comes from the host itself, or back to the network that it came from, has the
 * host's address of the pair there, and has been let in by the host already.
 */
export function innerPort(port: DesiredPort, router: DesiredRouter): DesiredPort {
  const hostAddress = ofVersion(router.uplink.hostAddresses, port);
  return {
    ...port,
    hostAddress: versionOf(port.hostAddress) === '6' ? '::' : '0.0.0.0',
    hostPort: port.routerPort ?? port.hostPort,
    allowedSources:
      port.allowedSources.length === 0 || hostAddress === undefined ? port.allowedSources : [...port.allowedSources, hostAddress],
  };
}

const ofVersion = (addresses: string[], { hostAddress }: DesiredPort): string | undefined =>
  addresses.map((address) => address.slice(0, address.indexOf('/'))).find((address) => versionOf(address) === versionOf(hostAddress));
