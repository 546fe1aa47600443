import { decodeAttributes, flag8, nested, text } from './attribute';
import * as c from './constants';
import { linkHeader, refAttributes, refIndex, type LinkRef } from './link-ref';
import { request, type NetlinkRequest } from './message';

/** Settings of a port of a bridge. */
export interface BridgePort {
  isolated: boolean;
  hairpin: boolean;
}

/** Equivalent to: `bridge link set dev LINK isolated on|off hairpin on|off`. The link must be a port of a bridge. */
export const setBridgePort = (link: LinkRef, { isolated, hairpin }: BridgePort): NetlinkRequest =>
  request(
    `bridge link set dev ${link} isolated ${onOff(isolated)} hairpin ${onOff(hairpin)}`,
    c.RTM_NEWLINK,
    0,
    linkHeader(refIndex(link)),
    [
      ...refAttributes(link),
      nested(c.IFLA_LINKINFO, [
        text(c.IFLA_INFO_SLAVE_KIND, 'bridge'),
        nested(c.IFLA_INFO_SLAVE_DATA, [flag8(c.IFLA_BRPORT_MODE, hairpin), flag8(c.IFLA_BRPORT_ISOLATED, isolated)]),
      ]),
    ],
  );

const shown = new Set([c.IFLA_BRPORT_MODE, c.IFLA_BRPORT_ISOLATED]);

/** Reads IFLA_INFO_SLAVE_DATA or IFLA_PROTINFO of a port. */
export function decodeBridgePort(value: Buffer): BridgePort {
  const attributes = decodeAttributes(value, shown);
  return { isolated: attributes.get(c.IFLA_BRPORT_ISOLATED)?.[0] === 1, hairpin: attributes.get(c.IFLA_BRPORT_MODE)?.[0] === 1 };
}

const onOff = (value: boolean): string => (value ? 'on' : 'off');
