import { type DesiredTunnel, ownerAlias, type TunnelEncryption, type UnderlayVersion, wireguardLinkName } from '@netyard/contracts';
import { onHost, type KernelObject } from '../kernel-object';

/** All encrypted networks of a host over one version of IP share a WireGuard link: what marks it names none of them. */
export const wireguardAlias = (underlay: UnderlayVersion): string => ownerAlias('wireguard', underlay);

/** As `tunnelOwner`: the prefix goes with the last network. */
export const innerOwner = (underlay: UnderlayVersion): string => `inner-${underlay}`;

/** The prefix that is kept apart, before there is anything that could be reached at it. */
export const innerGuard = ({ underlay, prefix }: TunnelEncryption): KernelObject => ({
  kind: 'rule-element',
  set: 'inner',
  key: [prefix.slice(0, prefix.indexOf('/'))],
  owner: innerOwner(underlay),
});

/** The network’s number, by which its frames are known and dropped when they come by another way than WireGuard. */
export const encryptedVni = ({ vni }: DesiredTunnel, owner: string): KernelObject => ({
  kind: 'rule-element',
  set: 'encrypted-vnis',
  key: [`0x${vni.toString(16).padStart(6, '0')}`],
  owner,
});

/**
 * The WireGuard link, the host’s inner addresses, and the route to those of others, which says what the tunnels’ packets come from: the address of the key in use, the first.
 * So key and source change together, for all networks.
 */
export function wireguardLink({ underlay, publicKey, port, mtuBytes, addresses, prefix }: TunnelEncryption): KernelObject[] {
  const link = wireguardLinkName(underlay);
  const [source] = addresses;
  return [
    { kind: 'wireguard', name: link, alias: wireguardAlias(underlay), mtuBytes, publicKey, port },
    ...addresses.map((address): KernelObject => ({ kind: 'address', place: onHost, link, address: `${address}/128` })),
    { kind: 'route', place: onHost, destination: prefix, via: null, link, ...(source === undefined ? {} : { source }) },
  ];
}
