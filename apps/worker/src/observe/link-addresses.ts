import { onHost, type KernelObject } from '@netyard/drivers';
import { parseInterface, Prefix } from '@netyard/inet';
import { listAddresses, readSysctl, type Link, type Route, type RouteSocket } from '@netyard/netlink';
import type { Standing } from '../plan/difference';

const linkScope = 253;

/** The addresses of a link of a router; of link-local ones those alone that are wanted. Not sound: the route of its prefix is missing. */
export function addressesOf(socket: RouteSocket, link: Link, routes: Route[], wanted: KernelObject[]): Standing[] {
  const own = new Set(wanted.flatMap((object) => (object.kind === 'address' ? [object.address] : [])));
  return listAddresses(socket, link.index)
    .filter(({ address, scope }) => scope !== linkScope || own.has(address))
    .map(({ address, scope }) => ({
      object: { kind: 'address', place: onHost, link: link.name, address },
      sound: !link.up || scope === linkScope || hasPrefixRoute(routes, address, link.index),
    }));
}

/** Whether the route to the address's own prefix is there, which the kernel makes with the address. A prefix of one address has none. */
export function hasPrefixRoute(routes: Route[], address: string, linkIndex: number): boolean {
  const parsed = parseInterface(address);
  if (!parsed) return true;
  const prefix = Prefix.containing(parsed.address, parsed.prefixLength);
  if (prefix.size === 1n) return true;
  const destination = prefix.toString();
  return routes.some((route) => route.destination === destination && route.linkIndex === linkIndex && route.via === undefined);
}

export const globalAddresses = (socket: RouteSocket, linkIndex: number): string[] =>
  listAddresses(socket, linkIndex)
    .filter(({ scope }) => scope !== linkScope)
    .map(({ address }) => address);

/** A setting as it is in the thread's namespace; empty when there is no such setting. */
export function currentSysctl(key: string): string {
  try {
    return readSysctl(key);
  } catch {
    return '';
  }
}
