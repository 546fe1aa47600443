import type { UnderlayVersion } from './key';

/** Names of objects: a DNS label (RFC 1123), so that they can serve in discovery as they are. */
export const namePattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A DNS name of one or more labels (RFC 1123), without the final dot, in lower case. */
export const domainPattern = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Label keys and values: 1 to 63 (values 0 to 63) of letters, digits, `.`, `_`, `-`, `/`. */
export const labelKeyPattern = /^[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$/;
export const labelValuePattern = /^[A-Za-z0-9._/-]{0,63}$/;

/** Linux interface names: IFNAMSIZ - 1 bytes, no slash, blank or colon (include/uapi/linux/if.h). */
export const interfaceNamePattern = /^(?!\.{1,2}$)[^\s/:]{1,15}$/;

/** The first eight hex digits of a hash-like part of an id, as used in link names. UUIDv7's random tail is taken, not its clock. */
export const shortId = (id: string): string => id.replaceAll('-', '').slice(-8);

export const bridgeLinkName = (networkId: string): string => `ny-${shortId(networkId)}`;
export const vethLinkName = (endpointId: string): string => `nyv${shortId(endpointId)}`;
/** The VXLAN link of an overlay network. */
export const vxlanLinkName = (networkId: string): string => `nyx${shortId(networkId)}`;
/** The WireGuard link of a host's encrypted tunnels over one version of IP. */
export const wireguardLinkName = (underlay: UnderlayVersion): string => (underlay === 'ipv4' ? 'nyw4' : 'nyw6');
/** What an endpoint's link on the wire is called until it has its own name: before Linux 6.8 no link of the host may have the name of one that is made elsewhere. */
export const wireLinkName = (endpointId: string): string => `nyw${shortId(endpointId)}`;
/** The other end of a pair that leads nowhere: what networks without a parent stand on. */
export const stubPeerName = (networkId: string): string => `nyp${shortId(networkId)}`;
/** By which a host reaches its own endpoints of a macvlan or ipvlan network. */
export const shimLinkName = (networkId: string): string => `nys${shortId(networkId)}`;
export const sandboxNamespaceName = (sandboxId: string): string => `ny-${shortId(sandboxId)}`;
export const routerNamespaceName = (routerId: string): string => `ny-r${shortId(routerId)}`;
/** The host's end of the pair by which a router is reached; the other end is `routerUplinkName`. */
export const routerLinkName = (routerId: string): string => `nyr${shortId(routerId)}`;
export const routerUplinkName = 'uplink';

/** An intermediate functional block (ifb), by which what comes from an endpoint is shaped. */
export const shaperLinkName = (endpointId: string): string => `nyi${shortId(endpointId)}`;

/** What marks a link as Netyard's, in IFLA_IFALIAS: `netyard:<kind>:<uuid>`. */
export const ownerAlias = (kind: string, id: string): string => `netyard:${kind}:${id}`;

/**
 * The group (IFLA_GROUP) that links are made with. It marks a link as Netyard's from the moment that it exists, while its alias comes with the next
 * message: a worker that is killed in between finds what it had half made.
 */
export const ownedLinkGroup = 0x2e6e_7961;

/** Reads an alias; undefined if it is not Netyard's. */
export function parseOwnerAlias(alias: string | undefined): { kind: string; id: string } | undefined {
  const [owner, kind, id, ...rest] = alias?.split(':') ?? [];
  return owner === 'netyard' && kind && id && rest.length === 0 ? { kind, id } : undefined;
}

/** The bridge's limit of ports in the kernel (BR_MAX_PORTS - 1, net/bridge/br_private.h). */
export const maxBridgePorts = 1023;
