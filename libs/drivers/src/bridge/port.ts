import { bridgeLinkName, NetyardError, vethLinkName, type DesiredPort } from '@netyard/contracts';
import { Prefix } from '@netyard/inet';
import type { Joined } from '../driver';
import { onHost, type KernelObject, type RuleElementObject, type RuleSetName } from '../kernel-object';
import { parseOptions } from './options';

const wildcards = new Set(['0.0.0.0', '::']);

/**
 * The port's entries in the maps that lead to endpoints, one for each port of a range, and who may use it when not everybody may. A bridge whose ports can be
 * reached by 127.0.0.1 routes such addresses (`route_localnet`, Documentation/networking/ip-sysctl.rst); the firewall keeps sandboxes from using that. So that the
 * endpoint itself reaches its port, frames may come back by its link: where br_netfilter is loaded, what is led to the same bridge is bridged, not routed.
 */
export function publish({ network, endpoint }: Joined, port: DesiredPort): KernelObject[] {
  const { id, protocol, hostAddress, allowedSources } = port;
  const version = hostAddress.includes(':') ? '6' : '4';
  const address = endpoint.addresses.map((one) => one.slice(0, one.indexOf('/'))).find((one) => one.includes(':') === (version === '6'));
  if (address === undefined) {
    throw new NetyardError('invalid-value', `endpoint ${endpoint.name} has no IPv${version} address that ${hostAddress} could lead to`);
  }
  if (hostAddress === '::1') {
    throw new NetyardError(
      'invalid-value',
      `port ${port.name} of endpoint ${endpoint.name} on network ${network.name} cannot be published on ::1: the kernel takes no answers for it from a bridge; 127.0.0.1 can be used`,
    );
  }
  const isWildcard = wildcards.has(hostAddress);
  const element = (name: 'ports' | 'restricted' | 'sources', key: string[], value?: string[]): RuleElementObject => ({
    kind: 'rule-element',
    set: `${isWildcard ? '' : 'host-'}${name}${version}` satisfies RuleSetName,
    key: isWildcard ? key : [hostAddress, ...key],
    ...(value === undefined ? {} : { value }),
    owner: id,
  });
  const localhost: KernelObject = {
    kind: 'sysctl',
    place: onHost,
    key: `net/ipv4/conf/${bridgeLinkName(network.id)}/route_localnet`,
    value: '1',
  };
  return [
    ...(hostAddress === '0.0.0.0' || hostAddress.startsWith('127.') ? [localhost] : []),
    ...(parseOptions(network).isolateEndpoints ? [] : [{ kind: 'hairpin', link: vethLinkName(endpoint.id) } as const]),
    ...Array.from({ length: port.count }, (_, index) => {
      const key = [protocol, String(port.hostPort + index)];
      return [
        ...(allowedSources.length > 0 ? [element('restricted', key)] : []),
        ...disjoint(allowedSources).map((source) => element('sources', [...key, source])),
        element('ports', key, [address, String(port.port + index)]),
      ];
    }).flat(),
  ];
}

/** Prefixes that no other one contains, as the kernel shows them: it refuses what overlaps. */
function disjoint(sources: string[]): string[] {
  const prefixes = [...new Set(sources)].flatMap((source) => Prefix.parse(source) ?? []);
  return prefixes.filter((prefix) => !prefixes.some((other) => other !== prefix && other.contains(prefix))).map(shown);
}

/** A prefix of one address is shown as that address. */
const shown = (prefix: Prefix): string => (prefix.size === 1n ? prefix.first : prefix).toString();
