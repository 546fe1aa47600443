import { bytes, decodeAttributes, decodeText, encodeAttributes, flag8, nested, text, uint32, type Attribute } from './attribute';
import { decodeBridgePort, type BridgePort } from './bridge-port';
import * as c from './constants';
import { macBytes, macText } from './ip-bytes';
import { KernelError } from './kernel-error';
import { linkHeader, refAttributes, refIndex, type LinkRef } from './link-ref';
import { decodeStatistics, type LinkStatistics } from './link-statistics';
import { request, type NetlinkMessage, type NetlinkRequest } from './message';
import type { Namespace } from './namespace';
import type { RouteSocket } from './route-socket';
import { decodeSublink, type Sublink } from './sublinks';
import { decodeVxlan, type Vxlan } from './vxlan';

/** A network interface as the kernel shows it. */
export interface Link {
  index: number;
  name: string;
  alias?: string;
  /** `bridge`, `veth`, …; undefined for physical ones and `lo`. */
  kind?: string;
  mtuBytes: number;
  macAddress?: string;
  up: boolean;
  masterIndex?: number;
  /** Of a veth: its peer's index in the peer's namespace. Of a link that stands on another one: that one's. */
  peerIndex?: number;
  /** Where that is, if not here: the number that this namespace has given that one (`ip netns list-id`). */
  peerNamespaceId?: number;
  group: number;
  /** Of a port of a bridge. */
  port?: BridgePort;
  vxlan?: Vxlan;
  sublink?: Sublink;
  /** Only where asked for. */
  /** Whether what it sends goes through a token bucket (`tc qdisc show dev NAME root` begins with `qdisc tbf`). */
  hasTokenBucket: boolean;
  statistics?: LinkStatistics;
}

/** The many counters of IPv6, which nobody here reads. */
const withoutIpv6Counters = uint32(c.IFLA_EXT_MASK, c.RTEXT_FILTER_SKIP_STATS);
const create = c.NLM_F_CREATE | c.NLM_F_EXCL;
const linkInfo = (kind: string, data: Attribute[]): Attribute =>
  nested(c.IFLA_LINKINFO, [text(c.IFLA_INFO_KIND, kind), nested(c.IFLA_INFO_DATA, data)]);

export interface BridgeRequest {
  name: string;
  macAddress: string;
  mtuBytes: number;
  /** Whether multicast goes only to the ports that asked for it, which costs a timer for each group; off by default. */
  multicastSnooping?: boolean;
  group?: number;
}

/**
 * Equivalent to: `ip link add NAME address MAC mtu MTU type bridge stp_state 0 forward_delay 0 mcast_snooping 0 nf_call_iptables 1 nf_call_ip6tables 1`, but for the MTU, which a
 * bridge takes only when given at creation or set while it has no ports. What stays within it passes nftables' hooks of `ip` and `ip6` wherever br_netfilter is loaded, also where the
 * switch for all bridges (`net.bridge.bridge-nf-call-iptables`) is off. Errors: EEXIST.
 */
export const addBridge = ({ name, macAddress, mtuBytes, multicastSnooping = false, group }: BridgeRequest): NetlinkRequest =>
  request(
    `ip link add ${name} address ${macAddress} mtu ${mtuBytes} type bridge forward_delay 0 mcast_snooping ${multicastSnooping ? 1 : 0} nf_call_iptables 1 nf_call_ip6tables 1`,
    c.RTM_NEWLINK,
    create,
    linkHeader(),
    [
      text(c.IFLA_IFNAME, name),
      bytes(c.IFLA_ADDRESS, macBytes(macAddress)),
      uint32(c.IFLA_MTU, mtuBytes),
      ...(group === undefined ? [] : [uint32(c.IFLA_GROUP, group)]),
      linkInfo('bridge', [
        uint32(c.IFLA_BR_FORWARD_DELAY, 0),
        uint32(c.IFLA_BR_STP_STATE, 0),
        flag8(c.IFLA_BR_MCAST_SNOOPING, multicastSnooping),
        flag8(c.IFLA_BR_NF_CALL_IPTABLES, true),
        flag8(c.IFLA_BR_NF_CALL_IP6TABLES, true),
      ]),
    ],
  );

export interface VethRequest {
  name: string;
  mtuBytes: number;
  macAddress?: string;
  group?: number;
  /** The bridge that it becomes a port of; if that refuses, no pair is made. */
  masterIndex?: number;
  /** Left to the kernel by default. It heeds the peer's only along with this end's (drivers/net/veth.c). */
  indexes?: { own: number; peer: number };
  peer: { name: string; macAddress?: string; namespace: Namespace };
}

/**
 * A pair whose peer is made in its namespace under its name at once. Both ends are down: a peer cannot be made up.
 * Equivalent to: `ip link add NAME mtu MTU type veth peer name PEER address MAC mtu MTU netns NAMESPACE`. Errors: EEXIST (either name or index), EXFULL (bridge full).
 */
export const addVeth = ({ name, mtuBytes, macAddress, group, masterIndex, indexes, peer }: VethRequest): NetlinkRequest => {
  const inside = [text(c.IFLA_IFNAME, peer.name), uint32(c.IFLA_MTU, mtuBytes), uint32(c.IFLA_NET_NS_FD, peer.namespace.fd)];
  if (peer.macAddress) inside.push(bytes(c.IFLA_ADDRESS, macBytes(peer.macAddress)));
  const outside = [text(c.IFLA_IFNAME, name), uint32(c.IFLA_MTU, mtuBytes)];
  if (macAddress !== undefined) outside.push(bytes(c.IFLA_ADDRESS, macBytes(macAddress)));
  if (group !== undefined) outside.push(uint32(c.IFLA_GROUP, group));
  if (masterIndex !== undefined) outside.push(uint32(c.IFLA_MASTER, masterIndex));
  // VETH_INFO_PEER holds an ifinfomsg before its attributes (include/uapi/linux/veth.h).
  const peerBytes = Buffer.concat([linkHeader(indexes?.peer), encodeAttributes(inside)]);
  return request(
    `ip link add ${name} mtu ${mtuBytes} type veth peer name ${peer.name} netns ${peer.namespace.path}`,
    c.RTM_NEWLINK,
    create,
    linkHeader(indexes?.own),
    [...outside, linkInfo('veth', [bytes(c.VETH_INFO_PEER, peerBytes)])],
  );
};

/**
 * An intermediate functional block: what is redirected to it goes out by its queue, and then on as if it had just arrived. Down.
 * Equivalent to: `ip link add NAME type ifb`. Errors: EEXIST, EOPNOTSUPP (CONFIG_IFB).
 */
export const addIfb = (name: string, group?: number): NetlinkRequest =>
  request(`ip link add ${name} type ifb`, c.RTM_NEWLINK, create, linkHeader(), [
    text(c.IFLA_IFNAME, name),
    ...(group === undefined ? [] : [uint32(c.IFLA_GROUP, group)]),
    linkInfo('ifb', []),
  ]);

export interface LinkChange {
  /** Another one, of a link that is down. */
  name?: string;
  up?: boolean;
  alias?: string;
  masterIndex?: number;
  mtuBytes?: number;
  macAddress?: string;
  group?: number;
  /** False: the kernel makes no link-local address by itself, so no duplicate address detection and no router solicitation delay the link. */
  ipv6AutoAddress?: boolean;
  /** Whether the kernel announces an address by gratuitous ARP when the link comes up. */
  arpNotify?: boolean;
}

/**
 * Changes what is given of a link. The kernel raises a link before it reads the IPv6 and IPv4 settings: to have them in force when it comes up, send
 * two requests. Equivalent to: `ip link set LINK …` and `sysctl net.ipv4.conf.LINK.arp_notify`. Errors: ENODEV, EXFULL (bridge full).
 */
export function setLink(link: LinkRef, change: LinkChange): NetlinkRequest {
  const attributes = refAttributes(link);
  const words: string[] = [];
  const set = (word: string, attribute?: Attribute): void => {
    words.push(word);
    if (attribute) attributes.push(attribute);
  };
  if (change.name !== undefined) set(`name ${change.name}`, text(c.IFLA_IFNAME, change.name));
  if (change.alias !== undefined) set(`alias ${change.alias}`, bytes(c.IFLA_IFALIAS, Buffer.from(change.alias)));
  if (change.masterIndex !== undefined) set(`master ${change.masterIndex}`, uint32(c.IFLA_MASTER, change.masterIndex));
  if (change.mtuBytes !== undefined) set(`mtu ${change.mtuBytes}`, uint32(c.IFLA_MTU, change.mtuBytes));
  if (change.macAddress !== undefined) set(`address ${change.macAddress}`, bytes(c.IFLA_ADDRESS, macBytes(change.macAddress)));
  if (change.group !== undefined) set(`group ${change.group}`, uint32(c.IFLA_GROUP, change.group));
  const families: Attribute[] = [];
  if (change.ipv6AutoAddress === false)
    families.push(nested(c.AF_INET6, [bytes(c.IFLA_INET6_ADDR_GEN_MODE, Buffer.of(c.IN6_ADDR_GEN_MODE_NONE))]));
  if (change.arpNotify !== undefined)
    families.push(nested(c.AF_INET, [nested(c.IFLA_INET_CONF, [uint32(c.IPV4_DEVCONF_ARP_NOTIFY, change.arpNotify ? 1 : 0)])]));
  if (families.length > 0) set(change.ipv6AutoAddress === false ? 'addrgenmode none' : 'arp_notify', nested(c.IFLA_AF_SPEC, families));
  if (change.up !== undefined) set(change.up ? 'up' : 'down');
  const mask = change.up === undefined ? 0 : c.IFF_UP;
  return request(
    `ip link set ${link} ${words.join(' ')}`,
    c.RTM_NEWLINK,
    0,
    linkHeader(refIndex(link), change.up ? c.IFF_UP : 0, mask),
    attributes,
  );
}

/** Waits for an RCU grace period (about 20 ms). Equivalent to: `ip link delete LINK`. Errors: ENODEV. */
export const deleteLink = (link: LinkRef): NetlinkRequest =>
  request(`ip link delete ${link}`, c.RTM_DELLINK, 0, linkHeader(refIndex(link)), refAttributes(link));

/** Deletes all links of a group in one go, which waits once for all of them. Equivalent to: `ip link delete group GROUP`. Errors: ENODEV (empty group). */
export const deleteLinkGroup = (group: number): NetlinkRequest =>
  request(`ip link delete group ${group}`, c.RTM_DELLINK, 0, linkHeader(), [uint32(c.IFLA_GROUP, group)]);

/** Undefined when there is no such link. Equivalent to: `ip link show LINK`. */
export function getLink(socket: RouteSocket, link: LinkRef, statistics = false): Link | undefined {
  try {
    return decodeLink(
      socket.get(
        request(`ip link show ${link}`, c.RTM_GETLINK, 0, linkHeader(refIndex(link)), [...refAttributes(link), withoutIpv6Counters]),
      ),
      statistics,
    );
  } catch (error) {
    if (error instanceof KernelError && error.errnoName === 'ENODEV') return undefined;
    throw error;
  }
}

export interface LinkFilter {
  masterIndex?: number;
  kind?: string;
  /** Whether to read the counters too. */
  statistics?: boolean;
}

/** All links of the namespace, or the ports of one bridge, or those of a kind. Equivalent to: `ip [-s] link show [master INDEX] [type KIND]`. */
export function listLinks(socket: RouteSocket, { masterIndex, kind, statistics = false }: LinkFilter = {}): Link[] {
  const attributes = [withoutIpv6Counters];
  if (masterIndex !== undefined) attributes.push(uint32(c.IFLA_MASTER, masterIndex));
  if (kind !== undefined) attributes.push(nested(c.IFLA_LINKINFO, [text(c.IFLA_INFO_KIND, kind)]));
  const links = socket
    .dump(request('ip link show', c.RTM_GETLINK, 0, linkHeader(), attributes))
    .map((message) => decodeLink(message, statistics));
  // A kernel that has not loaded the kind's module ignores the filter.
  return kind === undefined ? links : links.filter((link) => link.kind === kind);
}

const shownAttributes = new Set([
  c.IFLA_ADDRESS,
  c.IFLA_IFNAME,
  c.IFLA_MTU,
  c.IFLA_LINK,
  c.IFLA_MASTER,
  c.IFLA_LINKINFO,
  c.IFLA_IFALIAS,
  c.IFLA_STATS64,
  c.IFLA_GROUP,
  c.IFLA_QDISC,
  c.IFLA_LINK_NETNSID,
]);
const shownInfo = new Set([c.IFLA_INFO_KIND, c.IFLA_INFO_DATA, c.IFLA_INFO_SLAVE_KIND, c.IFLA_INFO_SLAVE_DATA]);
const none = Buffer.alloc(0);

/** Counters of one link; undefined when there is none of that name. Equivalent to: `ip -s link show NAME`. */
export function getLinkStatistics(socket: RouteSocket, name: string): LinkStatistics | undefined {
  return getLink(socket, name, true)?.statistics;
}

/** Reads an RTM_NEWLINK or RTM_DELLINK message, its counters only if `statistics` says so. */
export function decodeLink({ payload }: NetlinkMessage, statistics = false): Link {
  const attributes = decodeAttributes(payload.subarray(16), shownAttributes);
  const number = (type: number): number | undefined => attributes.get(type)?.readUInt32LE(0);
  const info = decodeAttributes(attributes.get(c.IFLA_LINKINFO) ?? none, shownInfo);
  const mac = attributes.get(c.IFLA_ADDRESS);
  const counters = statistics ? attributes.get(c.IFLA_STATS64) : undefined;
  const kind = decodeText(info.get(c.IFLA_INFO_KIND));
  const data = info.get(c.IFLA_INFO_DATA);
  return {
    index: payload.readInt32LE(4),
    name: decodeText(attributes.get(c.IFLA_IFNAME)) ?? '',
    alias: decodeText(attributes.get(c.IFLA_IFALIAS)),
    kind,
    mtuBytes: number(c.IFLA_MTU) ?? 0,
    macAddress: mac && macText(mac),
    up: (payload.readUInt32LE(8) & c.IFF_UP) !== 0,
    masterIndex: number(c.IFLA_MASTER),
    peerIndex: number(c.IFLA_LINK),
    peerNamespaceId: attributes.get(c.IFLA_LINK_NETNSID)?.readInt32LE(0),
    group: number(c.IFLA_GROUP) ?? 0,
    hasTokenBucket: decodeText(attributes.get(c.IFLA_QDISC)) === 'tbf',
    port: decodePort(info),
    vxlan: kind === 'vxlan' && data ? decodeVxlan(data) : undefined,
    sublink: data && decodeSublink(kind, data),
    statistics: counters && decodeStatistics(counters),
  };
}

function decodePort(info: Map<number, Buffer>): BridgePort | undefined {
  const slave = info.get(c.IFLA_INFO_SLAVE_DATA);
  return slave && decodeText(info.get(c.IFLA_INFO_SLAVE_KIND)) === 'bridge' ? decodeBridgePort(slave) : undefined;
}
