import { decodeAttributes, flag8, nested, text } from './attribute';
import * as c from './constants';
import { linkHeader, refAttributes, refIndex, type LinkRef } from './link-ref';
import { request, type NetlinkRequest } from './message';

/** Settings of a port of a bridge. */
export interface BridgePort {
  isolated: boolean;
  hairpin: boolean;
  /**
   * Whether the port leads to places of which all is told: no address is learned there, nothing unknown and nothing for many is sent to it, and the bridge itself
   * answers who asks for a neighbour behind it (ARP and neighbour discovery).
   */
  tunnel: boolean;
}

/**
 * Equivalent to: `bridge link set dev LINK isolated on|off hairpin on|off`, and for a tunnel `learning off flood off mcast_flood off bcast_flood off neigh_suppress on`.
 * The link must be a port of a bridge.
 */
export const setBridgePort = (
  link: LinkRef,
  { isolated, hairpin, tunnel = false }: Omit<BridgePort, 'tunnel'> & Partial<BridgePort>,
): NetlinkRequest =>
  request(
    `bridge link set dev ${link} isolated ${onOff(isolated)} hairpin ${onOff(hairpin)}${tunnel ? ' learning off flood off mcast_flood off bcast_flood off neigh_suppress on' : ''}`,
    c.RTM_NEWLINK,
    0,
    linkHeader(refIndex(link)),
    [
      ...refAttributes(link),
      nested(c.IFLA_LINKINFO, [
        text(c.IFLA_INFO_SLAVE_KIND, 'bridge'),
        nested(c.IFLA_INFO_SLAVE_DATA, [
          flag8(c.IFLA_BRPORT_MODE, hairpin),
          flag8(c.IFLA_BRPORT_ISOLATED, isolated),
          ...(tunnel ? [...learning.map((type) => flag8(type, false)), flag8(c.IFLA_BRPORT_NEIGH_SUPPRESS, true)] : []),
        ]),
      ]),
    ],
  );

/** What a port does with addresses and frames that nobody has told of. */
const learning = [c.IFLA_BRPORT_LEARNING, c.IFLA_BRPORT_UNICAST_FLOOD, c.IFLA_BRPORT_MCAST_FLOOD, c.IFLA_BRPORT_BCAST_FLOOD];
const shown = new Set([c.IFLA_BRPORT_MODE, c.IFLA_BRPORT_ISOLATED, c.IFLA_BRPORT_NEIGH_SUPPRESS, ...learning]);

/** Reads IFLA_INFO_SLAVE_DATA or IFLA_PROTINFO of a port. */
export function decodeBridgePort(value: Buffer): BridgePort {
  const attributes = decodeAttributes(value, shown);
  const isOn = (type: number): boolean => attributes.get(type)?.[0] === 1;
  return {
    isolated: isOn(c.IFLA_BRPORT_ISOLATED),
    hairpin: isOn(c.IFLA_BRPORT_MODE),
    tunnel: isOn(c.IFLA_BRPORT_NEIGH_SUPPRESS) && !learning.some(isOn),
  };
}

const onOff = (value: boolean): string => (value ? 'on' : 'off');
