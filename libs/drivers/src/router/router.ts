import { ownerAlias, routerLinkName, routerNamespaceName, routerUplinkName, type DesiredRouter } from '@netyard/contracts';
import { Mac, parseInterface, Prefix } from '@netyard/inet';
import { onHost, type KernelObject, type RuleElementObject, type RuleSetName } from '../kernel-object';

/** As large as packets get: what may pass is up to the networks and to the host's links. */
const mtuBytes = 65_535;

/**
 * What stands in the host's own namespace while a router is realised: its elements in the firewall's sets, before there is a way to it, its namespace, and the pair by
 * which it is reached, with the host's addresses on it.
 */
export function routerOutside({ id, uplink }: DesiredRouter): KernelObject[] {
  const name = routerLinkName(id);
  const macs = uplinkMacs(id);
  return [
    ...forwarding(uplink.hostAddresses),
    ...ruleElements(name, uplink.hostAddresses),
    { kind: 'router-namespace', routerId: id, name: routerNamespaceName(id) },
    {
      kind: 'uplink',
      name,
      alias: ownerAlias('router', id),
      mtuBytes,
      macAddress: macs.host.toString(),
      peer: { routerId: id, name: routerUplinkName, macAddress: macs.router.toString() },
    },
    ...addresses(name, uplink.hostAddresses, macs.host),
  ];
}

/** What stands in the router's own namespace beside its networks: its addresses, and the host as its way to everywhere. */
export function routerInside({ id, uplink }: DesiredRouter): KernelObject[] {
  return [
    ...forwarding(uplink.addresses),
    ...addresses(routerUplinkName, uplink.addresses, uplinkMacs(id).router),
    ...uplink.hostAddresses.map((address): KernelObject => ({
      kind: 'route',
      place: onHost,
      destination: isIpv6(address) ? '::/0' : '0.0.0.0/0',
      via: plain(address),
      link: routerUplinkName,
    })),
  ];
}

/** The prefixes that a router's uplink takes: the host must not route any of them elsewhere. */
export const uplinkPrefixes = ({ uplink }: Pick<DesiredRouter, 'uplink'>): Prefix[] =>
  uplink.hostAddresses.flatMap((address) => {
    const parsed = parseInterface(address);
    return parsed ? [Prefix.containing(parsed.address, parsed.prefixLength)] : [];
  });

/** Locally administered, and no endpoint's or bridge's, which begin with 02 and 0a. */
function uplinkMacs(routerId: string): { host: Mac; router: Mac } {
  const tail = Buffer.from(routerId.replaceAll('-', '').slice(-10), 'hex');
  return { host: Mac.of([0x06, ...tail]), router: Mac.of([0x0e, ...tail]) };
}

const forwarding = (ownAddresses: string[]): KernelObject[] => [
  ...(ownAddresses.some((address) => !isIpv6(address)) ? [switchOn('net/ipv4/ip_forward')] : []),
  ...(ownAddresses.some(isIpv6) ? [switchOn('net/ipv6/conf/all/forwarding')] : []),
];

const switchOn = (key: string): KernelObject => ({ kind: 'sysctl', place: onHost, key, value: '1' });

/** With IPv6 also a link-local one, by which either end asks for the other's MAC address when it forwards (as on bridges). */
const addresses = (link: string, own: string[], mac: Mac): KernelObject[] =>
  [...own, ...(own.some(isIpv6) ? [`${mac.linkLocal()}/64`] : [])].map((address) => ({ kind: 'address', place: onHost, link, address }));

/** The pair counts as a network of one member: the router, which stands for all of its networks. */
function ruleElements(link: string, hostAddresses: string[]): RuleElementObject[] {
  const element = (set: RuleSetName, ...key: string[]): RuleElementObject => ({ kind: 'rule-element', set, key, owner: link });
  const prefixes = uplinkPrefixes({ uplink: { hostAddresses, addresses: [] } }).map(String);
  return [
    element('bridges', link),
    element('routers', link),
    ...prefixes.flatMap((prefix) => {
      const version = isIpv6(prefix) ? '6' : '4';
      return [element(`subnets${version}`, prefix, link), element(`masquerade${version}`, prefix, link)];
    }),
  ];
}

const isIpv6 = (address: string): boolean => address.includes(':');
const plain = (address: string): string => address.slice(0, address.indexOf('/'));
