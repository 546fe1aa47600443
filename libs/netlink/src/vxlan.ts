import { bytes, decodeAttributes, flag8, nested, text, uint32, type Attribute } from './attribute';
import * as c from './constants';
import { addressBytes, addressText, familyOf } from './ip-bytes';
import { linkHeader } from './link-ref';
import { request, type NetlinkRequest } from './message';
import type { Namespace } from './namespace';

/** What a VXLAN link is made of (RFC 7348). */
export interface Vxlan {
  /** The network's number in every packet: 1 to 16,777,215. */
  vni: number;
  /** Where its packets come from; `::`: from whichever address of IPv6 the route to their destination names. */
  localAddress: string;
  /** UDP port of all tunnel endpoints. */
  port: number;
  /** The link that its packets leave by, with which it goes; left to the routes by default. Entries have to name it too (`replaceForwarding`). */
  lowerIndex?: number;
}

export interface VxlanRequest extends Vxlan {
  name: string;
  mtuBytes: number;
  group?: number;
  /** Where it is made; its packets leave by the namespace of the socket all the same, which `lowerIndex` is of. That namespace by default. */
  namespace?: Namespace;
}

/**
 * A VXLAN link that learns nothing and floods nowhere: where each MAC address is has to be told (`replaceForwarding`). Down.
 * Equivalent to: `ip link add NAME mtu MTU [netns NAMESPACE] type vxlan id VNI local ADDRESS [dev LOWER] dstport PORT nolearning`.
 * Errors: EEXIST (the name, or another link of the namespace has VNI and port), EOPNOTSUPP (CONFIG_VXLAN), EADDRNOTAVAIL, EAFNOSUPPORT (no IPv6).
 */
export const addVxlan = ({ name, vni, localAddress, port, lowerIndex, mtuBytes, group, namespace }: VxlanRequest): NetlinkRequest =>
  request(
    `ip link add ${name} mtu ${mtuBytes}${namespace ? ` netns ${namespace.path}` : ''} type vxlan id ${vni} local ${localAddress}${lowerIndex === undefined ? '' : ` dev ${lowerIndex}`} dstport ${port} nolearning`,
    c.RTM_NEWLINK,
    c.NLM_F_CREATE | c.NLM_F_EXCL,
    linkHeader(),
    [
      text(c.IFLA_IFNAME, name),
      uint32(c.IFLA_MTU, mtuBytes),
      ...(group === undefined ? [] : [uint32(c.IFLA_GROUP, group)]),
      ...(namespace ? [uint32(c.IFLA_NET_NS_FD, namespace.fd)] : []),
      nested(c.IFLA_LINKINFO, [
        text(c.IFLA_INFO_KIND, 'vxlan'),
        nested(c.IFLA_INFO_DATA, [
          uint32(c.IFLA_VXLAN_ID, vni),
          bytes(familyOf(localAddress) === c.AF_INET ? c.IFLA_VXLAN_LOCAL : c.IFLA_VXLAN_LOCAL6, addressBytes(localAddress)),
          ...(lowerIndex === undefined ? [] : [uint32(c.IFLA_VXLAN_LINK, lowerIndex)]),
          portAttribute(port),
          flag8(c.IFLA_VXLAN_LEARNING, false),
        ]),
      ]),
    ],
  );

/** In network byte order, unlike most numbers of rtnetlink. */
function portAttribute(port: number): Attribute {
  const value = Buffer.alloc(2);
  value.writeUInt16BE(port);
  return bytes(c.IFLA_VXLAN_PORT, value);
}

const shown = new Set([c.IFLA_VXLAN_ID, c.IFLA_VXLAN_LINK, c.IFLA_VXLAN_LOCAL, c.IFLA_VXLAN_LOCAL6, c.IFLA_VXLAN_PORT]);

/** Reads IFLA_INFO_DATA of a VXLAN link. One that is bound to no address has an empty `localAddress`. */
export function decodeVxlan(data: Buffer): Vxlan {
  const attributes = decodeAttributes(data, shown);
  const local = attributes.get(c.IFLA_VXLAN_LOCAL) ?? attributes.get(c.IFLA_VXLAN_LOCAL6);
  const lowerIndex = attributes.get(c.IFLA_VXLAN_LINK)?.readUInt32LE(0);
  return {
    vni: attributes.get(c.IFLA_VXLAN_ID)?.readUInt32LE(0) ?? 0,
    localAddress: local ? addressText(local) : '',
    port: attributes.get(c.IFLA_VXLAN_PORT)?.readUInt16BE(0) ?? 0,
    ...(lowerIndex === undefined ? {} : { lowerIndex }),
  };
}
