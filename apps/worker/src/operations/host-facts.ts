import { parseOwnerAlias, type HostLink } from '@netyard/contracts';
import { listLinks, listRoutes, type Link, type RouteSocket } from '@netyard/netlink';
import type { HostFacts } from './messages';

const defaultDestinations = new Set(['0.0.0.0/0', '::/0']);
const fallbackMtuBytes = 1500;

/** More than these are no uplinks. */
const mostLinks = 256;

/**
 * What the host routes by itself, how large a packet its uplink takes, and the links that a network could be attached to. Link-local prefixes are everybody's and left out,
 * as are the host's ends of others' containers, which come and go.
 */
export function observeHostFacts(socket: RouteSocket, features: string[]): HostFacts {
  const links = new Map(listLinks(socket).map((link) => [link.index, link]));
  const routes = listRoutes(socket).filter(({ linkIndex }) => !isOurs(links.get(linkIndex ?? 0)));
  const prefixes = routes
    .map(({ destination }) => destination)
    .filter((prefix) => !defaultDestinations.has(prefix) && !/^(fe80|ff|169\.254)/.test(prefix));
  const uplink = routes.find(({ destination }) => defaultDestinations.has(destination))?.linkIndex;
  const others = [...links.values()].filter((link) => link.up && !isOurs(link) && link.name !== 'lo' && link.masterIndex === undefined);
  const smallest = others.length > 0 ? Math.min(...others.map(({ mtuBytes }) => mtuBytes)) : fallbackMtuBytes;
  return {
    routes: [...new Set(prefixes)].sort(),
    uplinkMtuBytes: links.get(uplink ?? 0)?.mtuBytes ?? smallest,
    features,
    links: [...links.values()]
      .filter((link) => !isOurs(link) && link.name !== 'lo' && !(link.kind === 'veth' && link.masterIndex !== undefined))
      .slice(0, mostLinks)
      .map(({ name, kind, up, mtuBytes, macAddress, masterIndex }): HostLink => ({
        name,
        kind: kind ?? null,
        up,
        mtuBytes,
        macAddress: macAddress ?? null,
        master: links.get(masterIndex ?? 0)?.name ?? null,
      })),
  };
}

const isOurs = (link: Link | undefined): boolean => parseOwnerAlias(link?.alias) !== undefined;
