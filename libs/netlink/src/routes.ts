import { bytes, decodeAttributes, uint32 } from './attribute';
import * as c from './constants';
import { addressBytes, addressText, prefixBytes } from './ip-bytes';
import { request, type NetlinkMessage, type NetlinkRequest } from './message';
import type { RouteSocket } from './route-socket';

/** A unicast route of the main table. */
export interface Route {
  /** `0.0.0.0/0` and `::/0` are default routes. */
  destination: string;
  /** The next hop; undefined: on the link itself. */
  via?: string;
  linkIndex?: number;
  metric?: number;
  /** The host's own address that packets by it come from, unless they name another; the kernel's choice by default. */
  source?: string;
  /** Who made it: RTPROT_*; 2 is the kernel itself, for the prefix of an address. */
  protocol: number;
}

/** struct rtmsg, include/uapi/linux/rtnetlink.h */
function routeHeader(family: number, prefixLength: number, scope: number, type: number): Buffer {
  return Buffer.from([family, prefixLength, 0, 0, c.RT_TABLE_MAIN, c.RTPROT_BOOT, scope, type, 0, 0, 0, 0]);
}

function routeRequest(verb: 'add' | 'replace' | 'delete', type: number, flags: number, route: RouteRequest): NetlinkRequest {
  const { value, prefixLength, family } = prefixBytes(route.destination);
  const attributes = prefixLength > 0 ? [bytes(c.RTA_DST, value)] : [];
  if (route.via !== undefined) attributes.push(bytes(c.RTA_GATEWAY, addressBytes(route.via)));
  if (route.linkIndex !== undefined) attributes.push(uint32(c.RTA_OIF, route.linkIndex));
  if (route.metric !== undefined) attributes.push(uint32(c.RTA_PRIORITY, route.metric));
  if (route.source !== undefined) attributes.push(bytes(c.RTA_PREFSRC, addressBytes(route.source)));
  const scope = route.via === undefined && family === c.AF_INET ? c.RT_SCOPE_LINK : c.RT_SCOPE_UNIVERSE;
  const words = `${route.destination}${route.via === undefined ? '' : ` via ${route.via}`}${route.linkIndex === undefined ? '' : ` dev ${route.linkIndex}`}${route.source === undefined ? '' : ` src ${route.source}`}`;
  return request(`ip route ${verb} ${words}`, type, flags, routeHeader(family, prefixLength, scope, c.RTN_UNICAST), attributes);
}

type RouteRequest = Pick<Route, 'destination' | 'via' | 'linkIndex' | 'metric' | 'source'>;

/** Equivalent to: `ip route add DESTINATION [via VIA] dev LINK [src SOURCE]`. Errors: EINVAL (the source is no address of the host), EEXIST, ENETUNREACH (next hop not on a link), ENETDOWN. */
export const addRoute = (route: RouteRequest): NetlinkRequest => routeRequest('add', c.RTM_NEWROUTE, c.NLM_F_CREATE | c.NLM_F_EXCL, route);

/** Equivalent to: `ip route replace …`. May be repeated. */
export const replaceRoute = (route: RouteRequest): NetlinkRequest =>
  routeRequest('replace', c.RTM_NEWROUTE, c.NLM_F_CREATE | c.NLM_F_REPLACE, route);

/** Equivalent to: `ip route delete …`. Errors: ESRCH (not there). */
export const deleteRoute = (route: RouteRequest): NetlinkRequest => routeRequest('delete', c.RTM_DELROUTE, 0, route);

/** The unicast routes of the main table, IPv4 and IPv6. Equivalent to: `ip route show table main`, `ip -6 route show table main`. */
export function listRoutes(socket: RouteSocket): Route[] {
  return [c.AF_INET, c.AF_INET6].flatMap((family) =>
    socket
      .dump(request('ip route show', c.RTM_GETROUTE, 0, routeHeader(family, 0, 0, 0).fill(0, 4), [uint32(c.RTA_TABLE, c.RT_TABLE_MAIN)]))
      .flatMap(decodeRoute),
  );
}

/** Reads an RTM_NEWROUTE or RTM_DELROUTE message; nothing for what is no unicast route of the main table. */
export function decodeRoute({ payload }: NetlinkMessage): Route[] {
  const attributes = decodeAttributes(payload.subarray(12));
  const family = payload.readUInt8(0);
  const table = attributes.get(c.RTA_TABLE)?.readUInt32LE(0) ?? payload.readUInt8(4);
  if (table !== c.RT_TABLE_MAIN || payload.readUInt8(7) !== c.RTN_UNICAST) return [];
  const destination = attributes.get(c.RTA_DST) ?? Buffer.alloc(family === c.AF_INET ? 4 : 16);
  const via = attributes.get(c.RTA_GATEWAY);
  const source = attributes.get(c.RTA_PREFSRC);
  return [
    {
      destination: `${addressText(destination)}/${payload.readUInt8(1)}`,
      via: via && addressText(via),
      linkIndex: attributes.get(c.RTA_OIF)?.readUInt32LE(0),
      metric: attributes.get(c.RTA_PRIORITY)?.readUInt32LE(0),
      source: source && addressText(source),
      protocol: payload.readUInt8(5),
    },
  ];
}
