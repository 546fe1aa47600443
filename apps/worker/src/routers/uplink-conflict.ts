import { routerLinkName, type DesiredRouter } from '@netyard/contracts';
import { uplinkPrefixes } from '@netyard/drivers';
import { Prefix } from '@netyard/inet';
import { getLink, type Route, type RouteSocket } from '@netyard/netlink';

const defaultDestinations = new Set(['0.0.0.0/0', '::/0']);

/** The host routes the addresses of a router's uplink elsewhere: with them on a link of ours it would lose its way there. */
export class UplinkConflictError extends Error {
  override readonly name = 'UplinkConflict';
}

/** Throws UplinkConflictError, which names route and link, when a route of the host overlaps the uplink; default routes do not count. */
export function assertUplinkFree(socket: RouteSocket, routes: Route[], router: DesiredRouter): void {
  const own = getLink(socket, routerLinkName(router.id))?.index;
  const prefixes = uplinkPrefixes(router);
  for (const { destination, linkIndex } of routes) {
    if (defaultDestinations.has(destination) || (own !== undefined && linkIndex === own)) continue;
    const route = Prefix.parse(destination);
    const taken = route && prefixes.find((prefix) => prefix.overlaps(route));
    if (!taken) continue;
    const link = linkIndex === undefined ? 'another way' : (getLink(socket, linkIndex)?.name ?? `link ${linkIndex}`);
    throw new UplinkConflictError(
      `the uplink ${taken} of router ${router.name} overlaps ${destination}, which this host routes by ${link}; it needs a pool of addresses that the host does not use`,
    );
  }
}
