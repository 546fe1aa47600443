import { bridgeLinkName, NetyardError, vethLinkName, type DesiredNetwork, type DesiredPort } from '@netyard/contracts';
import { Prefix } from '@netyard/inet';
import type { Joined } from '../driver';
import { onHost, type KernelObject, type RuleElementObject, type RuleSetName } from '../kernel-object';
import { parseOptions } from './options';

export { noRelay as relay } from '../no-relay';

/**
 * The port's entries in the maps that lead to endpoints, one for each port of a range, and who may use it when not everybody may. A bridge whose ports can be
 * reached by 127.0.0.1 routes such addresses (`route_localnet`, Documentation/networking/ip-sysctl.rst); the firewall keeps sandboxes from using that. So that the
 * endpoint itself reaches its port, frames may come back by its link: where br_netfilter is loaded, what is led to the same bridge is bridged, not routed.
 */
export function publish({ network, endpoint }: Joined, port: DesiredPort): KernelObject[] {
  const address = addressFor(
    port,
    endpoint,
    network,
    endpoint.addresses.map((one) => one.slice(0, one.indexOf('/'))),
  );
  return [
    ...localhost(network, port),
    ...(parseOptions(network).isolateEndpoints ? [] : [{ kind: 'hairpin', link: vethLinkName(endpoint.id) } as const]),
    ...portElements(port, address),
  ];
}

/** The address of an endpoint that a port leads to. Throws NetyardError when there is none. */
export function addressFor(
  { name, hostAddress }: DesiredPort,
  endpoint: { name: string },
  network: DesiredNetwork,
  addresses: string[],
): string {
  const version = versionOf(hostAddress);
  const address = addresses.find((one) => versionOf(one) === version);
  if (address === undefined) {
    throw new NetyardError('invalid-value', `endpoint ${endpoint.name} has no IPv${version} address that ${hostAddress} could lead to`);
  }
  if (hostAddress === '::1') {
    throw new NetyardError(
      'invalid-value',
      `port ${name} of endpoint ${endpoint.name} on network ${network.name} cannot be published on ::1: the kernel takes no answers for it from a bridge; 127.0.0.1 can be used`,
    );
  }
  return address;
}

export const versionOf = (address: string): '4' | '6' => (address.includes(':') ? '6' : '4');

/** The bridge takes answers for 127.0.0.1, when the port can be reached by that. */
export const localhost = ({ id }: DesiredNetwork, port: DesiredPort): KernelObject[] => routesLocalhost(bridgeLinkName(id), port);

/** The same of any link that leads to an endpoint. */
export const routesLocalhost = (link: string, { hostAddress }: DesiredPort): KernelObject[] =>
  hostAddress === '0.0.0.0' || hostAddress.startsWith('127.')
    ? [{ kind: 'sysctl', place: onHost, key: `net/ipv4/conf/${link}/route_localnet`, value: '1' }]
    : [];

export const isWildcard = (hostAddress: string): boolean => hostAddress === '0.0.0.0' || hostAddress === '::';

/** The elements by which a port leads to an address, and who may use it. */
export function portElements(port: DesiredPort, address: string): RuleElementObject[] {
  const { id, protocol, hostAddress, allowedSources } = port;
  const isForAll = isWildcard(hostAddress);
  const element = (name: 'ports' | 'restricted' | 'sources', key: string[], value?: string[]): RuleElementObject => ({
    kind: 'rule-element',
    set: `${isForAll ? '' : 'host-'}${name}${versionOf(hostAddress)}` satisfies RuleSetName,
    key: isForAll ? key : [hostAddress, ...key],
    ...(value === undefined ? {} : { value }),
    owner: id,
  });
  return Array.from({ length: port.count }, (_, index) => {
    const key = [protocol, String(port.hostPort + index)];
    return [
      ...(allowedSources.length > 0 ? [element('restricted', key)] : []),
      ...disjoint(allowedSources).map((source) => element('sources', [...key, source])),
      element('ports', key, [address, String(port.port + index)]),
    ];
  }).flat();
}

/** Prefixes that no other one contains, as the kernel shows them: it refuses what overlaps. */
function disjoint(sources: string[]): string[] {
  const prefixes = [...new Set(sources)].flatMap((source) => Prefix.parse(source) ?? []);
  return prefixes.filter((prefix) => !prefixes.some((other) => other !== prefix && other.contains(prefix))).map(shown);
}

/** A prefix of one address is shown as that address. */
const shown = (prefix: Prefix): string => (prefix.size === 1n ? prefix.first : prefix).toString();
