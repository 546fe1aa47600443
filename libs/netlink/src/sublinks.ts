import { bytes, decodeAttributes, nested, text, uint16, uint32, type Attribute } from './attribute';
import * as c from './constants';
import { macBytes } from './ip-bytes';
import { linkHeader } from './link-ref';
import { request, type NetlinkRequest } from './message';
import type { Namespace } from './namespace';

/** What the links of one parent may say to each other (drivers/net/macvlan.c). */
export const macvlanModes = ['private', 'vepa', 'bridge', 'passthru'] as const;
export type MacvlanMode = (typeof macvlanModes)[number];

/** Whether links forward by MAC or by IP address, and, `l3s`, pass the parent's netfilter (Documentation/networking/ipvlan.rst). */
export const ipvlanModes = ['l2', 'l3', 'l3s'] as const;
export type IpvlanMode = (typeof ipvlanModes)[number];
export const ipvlanFlags = ['bridge', 'private', 'vepa'] as const;
export type IpvlanFlag = (typeof ipvlanFlags)[number];

/** Of links that stand on another one. */
export type Sublink =
  { kind: 'macvlan'; mode: MacvlanMode } | { kind: 'ipvlan'; mode: IpvlanMode; flag: IpvlanFlag } | { kind: 'vlan'; vlanId: number };

interface SublinkRequest {
  name: string;
  /** Of the link that it stands on, in the namespace of the socket. */
  parentIndex: number;
  /** The parent's by default. */
  mtuBytes?: number;
  group?: number;
  /** Where it is made; the namespace of the socket by default, in which before Linux 6.8 no link may have its name either (net/core/rtnetlink.c). */
  namespace?: Namespace;
}

export type MacvlanRequest = SublinkRequest & { mode: MacvlanMode; macAddress?: string };
export type IpvlanRequest = SublinkRequest & { mode: IpvlanMode; flag: IpvlanFlag };
export type VlanRequest = SublinkRequest & { vlanId: number };

// enum macvlan_mode are bits, enum ipvlan_mode numbers, and IPVLAN_F_* bits (include/uapi/linux/if_link.h).
const macvlanBit: Record<MacvlanMode, number> = { private: 1, vepa: 2, bridge: 4, passthru: 8 };
const ipvlanBit: Record<IpvlanFlag, number> = { bridge: 0, private: 1, vepa: 2 };

/**
 * Down. One in mode passthru begins with its parent's MAC address, whatever is asked for, and gives the parent another one that is set later. Equivalent to:
 * `ip link add NAME link PARENT [address MAC] [mtu MTU] [netns NAMESPACE] type macvlan mode MODE`.
 * Errors: EEXIST, EBUSY (the parent is a port of a bridge, has ipvlan links, or a passthru one), EINVAL (a passthru one beside others, or an MTU above the parent's),
 * EOPNOTSUPP (CONFIG_MACVLAN).
 */
export const addMacvlan = ({ mode, macAddress, ...link }: MacvlanRequest): NetlinkRequest =>
  sublink(
    'macvlan',
    `mode ${mode}`,
    link,
    [uint32(c.IFLA_MACVLAN_MODE, macvlanBit[mode])],
    macAddress === undefined ? [] : [bytes(c.IFLA_ADDRESS, macBytes(macAddress))],
  );

/**
 * Down, with the parent's MAC address. All links of a parent have the same mode and flag: of a later one they change those before. Equivalent to:
 * `ip link add NAME link PARENT [mtu MTU] [netns NAMESPACE] type ipvlan mode MODE FLAG`. Errors: EEXIST, EBUSY (the parent is a port of a bridge, or has macvlan links),
 * EOPNOTSUPP (CONFIG_IPVLAN).
 */
export const addIpvlan = ({ mode, flag, ...link }: IpvlanRequest): NetlinkRequest =>
  sublink('ipvlan', `mode ${mode} ${flag}`, link, [
    uint16(c.IFLA_IPVLAN_MODE, ipvlanModes.indexOf(mode)),
    uint16(c.IFLA_IPVLAN_FLAGS, ipvlanBit[flag]),
  ]);

/**
 * Down. Equivalent to: `ip link add NAME link PARENT type vlan id VLAN` (IEEE 802.1Q). Errors: EEXIST (the name, or the VLAN on that parent), ERANGE, EOPNOTSUPP
 * (CONFIG_VLAN_8021Q, or a parent that takes no tags).
 */
export const addVlan = ({ vlanId, ...link }: VlanRequest): NetlinkRequest =>
  sublink('vlan', `id ${vlanId}`, link, [uint16(c.IFLA_VLAN_ID, vlanId)]);

function sublink(
  kind: Sublink['kind'],
  words: string,
  { name, parentIndex, mtuBytes, group, namespace }: SublinkRequest,
  data: Attribute[],
  more: Attribute[] = [],
): NetlinkRequest {
  const where = namespace === undefined ? '' : ` netns ${namespace.path}`;
  return request(
    `ip link add ${name} link ${parentIndex}${mtuBytes === undefined ? '' : ` mtu ${mtuBytes}`}${where} type ${kind} ${words}`,
    c.RTM_NEWLINK,
    c.NLM_F_CREATE | c.NLM_F_EXCL,
    linkHeader(),
    [
      text(c.IFLA_IFNAME, name),
      uint32(c.IFLA_LINK, parentIndex),
      ...more,
      ...(mtuBytes === undefined ? [] : [uint32(c.IFLA_MTU, mtuBytes)]),
      ...(group === undefined ? [] : [uint32(c.IFLA_GROUP, group)]),
      ...(namespace === undefined ? [] : [uint32(c.IFLA_NET_NS_FD, namespace.fd)]),
      nested(c.IFLA_LINKINFO, [text(c.IFLA_INFO_KIND, kind), nested(c.IFLA_INFO_DATA, data)]),
    ],
  );
}

/** Reads IFLA_INFO_DATA of a link of that kind; undefined for other kinds. */
export function decodeSublink(kind: string | undefined, data: Buffer): Sublink | undefined {
  const attributes = decodeAttributes(data);
  switch (kind) {
    case 'macvlan': {
      const bit = attributes.get(c.IFLA_MACVLAN_MODE)?.readUInt32LE(0);
      return { kind, mode: macvlanModes.find((mode) => macvlanBit[mode] === bit) ?? 'vepa' };
    }
    case 'ipvlan': {
      const flags = attributes.get(c.IFLA_IPVLAN_FLAGS)?.readUInt16LE(0) ?? 0;
      const mode = ipvlanModes[attributes.get(c.IFLA_IPVLAN_MODE)?.readUInt16LE(0) ?? 0] ?? 'l2';
      return { kind, mode, flag: ipvlanFlags.find((flag) => ipvlanBit[flag] === flags) ?? 'bridge' };
    }
    case 'vlan':
      return { kind, vlanId: attributes.get(c.IFLA_VLAN_ID)?.readUInt16LE(0) ?? 0 };
    default:
      return undefined;
  }
}
