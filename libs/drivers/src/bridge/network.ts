import { bridgeLinkName, ownerAlias, type DesiredNetwork } from '@netyard/contracts';
import { Mac } from '@netyard/inet';
import { onHost, type KernelObject, type RuleElementObject, type RuleSetName, type SysctlObject } from '../kernel-object';
import { parseOptions } from './options';

export { noUnderlay as underlay } from '../no-underlay';

/** The bridge with its gateway addresses, forwarding if anything is to leave the network, and its elements in the firewall's sets. */
export const network = (network: DesiredNetwork): KernelObject[] =>
  networkSwitch(network, { macAddress: bridgeMac(network.id), addresses: [] });

/**
 * As `network`, of a bridge with a MAC address of its own and addresses besides the gateways, from which what the host itself sends comes: of IPv4 addresses of one subnet
 * the kernel takes the one that was added first, of IPv6 addresses the last.
 */
export function networkSwitch(network: DesiredNetwork, own: { macAddress: Mac; addresses: string[] }): KernelObject[] {
  const { mtuBytes } = parseOptions(network);
  const name = bridgeLinkName(network.id);
  return [
    ...forwarding(network),
    ...ruleElements(network, name),
    { kind: 'bridge', name, alias: ownerAlias('network', network.id), macAddress: own.macAddress.toString(), mtuBytes },
    ...[
      ...own.addresses.filter((address) => !isIpv6(address)),
      ...gateways(network),
      ...own.addresses.filter(isIpv6),
      ...linkLocal(network, own.macAddress),
    ].map((address): KernelObject => ({
      kind: 'address',
      place: onHost,
      link: name,
      address,
    })),
  ];
}

const gateways = ({ subnets }: DesiredNetwork): string[] =>
  subnets.flatMap(({ cidr, gateway }) => (gateway === null ? [] : [`${gateway}/${prefixLengthOf(cidr)}`]));

/**
 * With IPv6, the address by which the host asks for the endpoints' MAC addresses when it forwards. One that the kernel made itself would not be used for its first
 * seconds (duplicate address detection, RFC 4862 section 5.4).
 */
const linkLocal = ({ subnets }: DesiredNetwork, macAddress: Mac): string[] =>
  subnets.some(({ cidr }) => isIpv6(cidr)) ? [`${macAddress.linkLocal()}/64`] : [];

const isIpv6 = (cidr: string): boolean => cidr.includes(':');
const prefixLengthOf = (cidr: string): string => cidr.slice(cidr.indexOf('/') + 1);

/** A locally administered MAC that stays the same: a bridge without one takes a port's, and loses it with that port. Endpoints' begin with 02. */
export function bridgeMac(networkId: string): Mac {
  return Mac.of([0x0a, ...Buffer.from(networkId.replaceAll('-', '').slice(-10), 'hex')]);
}

function forwarding({ internal, subnets }: DesiredNetwork): SysctlObject[] {
  if (internal) return [];
  const switchOn = (key: string): SysctlObject => ({ kind: 'sysctl', place: onHost, key, value: '1' });
  return [
    ...(subnets.some(({ cidr }) => !isIpv6(cidr)) ? [switchOn('net/ipv4/ip_forward')] : []),
    ...(subnets.some(({ cidr }) => isIpv6(cidr)) ? [switchOn('net/ipv6/conf/all/forwarding')] : []),
  ];
}

/** The rules come before the bridge, so that there is no moment in which the network is open. */
function ruleElements(network: DesiredNetwork, bridge: string): RuleElementObject[] {
  const { masquerade, isolateEndpoints } = parseOptions(network);
  // Nobody but its router knows a way to it.
  const isHidden = masquerade || network.routerId !== null;
  const element = (set: RuleSetName, ...key: string[]): RuleElementObject => ({ kind: 'rule-element', set, key, owner: bridge });
  return [
    element('bridges', bridge),
    element('same-bridge', bridge, bridge),
    ...(isolateEndpoints ? [element('isolated', bridge, bridge)] : []),
    ...network.subnets.map(({ cidr }) => element(isIpv6(cidr) ? 'subnets6' : 'subnets4', cidr, bridge)),
    ...(network.internal ? [element('internal', bridge)] : []),
    ...(isHidden && !network.internal
      ? network.subnets.map(({ cidr }) => element(isIpv6(cidr) ? 'masquerade6' : 'masquerade4', cidr, bridge))
      : []),
  ];
}
