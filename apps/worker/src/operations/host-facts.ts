import { parseOwnerAlias } from '@netyard/contracts';
import { listLinks, listRoutes, type Link, type RouteSocket } from '@netyard/netlink';
import type { HostFacts } from './messages';

const defaultDestinations = new Set(['0.0.0.0/0', '::/0']);
const fallbackMtuBytes = 1500;

/** What the host routes by itself, and how large a packet its uplink takes. Link-local prefixes are everybody's and left out. */
export function observeHostFacts(socket: RouteSocket): HostFacts {
  const links = new Map(listLinks(socket).map((link) => [link.index, link]));
  const routes = listRoutes(socket).filter(({ linkIndex }) => !isOurs(links.get(linkIndex ?? 0)));
  const prefixes = routes
    .map(({ destination }) => destination)
    .filter((prefix) => !defaultDestinations.has(prefix) && !/^(fe80|ff|169\.254)/.test(prefix));
  const uplink = routes.find(({ destination }) => defaultDestinations.has(destination))?.linkIndex;
  const others = [...links.values()].filter((link) => link.up && !isOurs(link) && link.name !== 'lo' && link.masterIndex === undefined);
  const smallest = others.length > 0 ? Math.min(...others.map(({ mtuBytes }) => mtuBytes)) : fallbackMtuBytes;
  return { routes: [...new Set(prefixes)].sort(), uplinkMtuBytes: links.get(uplink ?? 0)?.mtuBytes ?? smallest };
}

const isOurs = (link: Link | undefined): boolean => parseOwnerAlias(link?.alias) !== undefined;
