import { isDeepStrictEqual } from 'node:util';
import { parseOwnerAlias, type HostKey, type HostLink, type UnderlayAddress, type UnderlayPath } from '@netyard/contracts';
import { listAddresses, listLinks, listRoutes, type Link, type Route, type RouteSocket } from '@netyard/netlink';
import type { HostFacts } from './messages';

const defaultDestinations = new Set(['0.0.0.0/0', '::/0']);
const fallbackMtuBytes = 1500;

/** What the kernel says of the host. */
export type ObservedFacts = Omit<HostFacts, 'paths'>;

const gatherMs = 200;

/** More than these are no uplinks. */
const mostLinks = 256;

/**
 * What the host routes by itself, how large a packet its uplink takes, and the links that a network could be attached to. Link-local prefixes are everybody's and left out,
 * as are the host's ends of others' containers, which come and go.
 */
export function observeHostFacts(
  socket: RouteSocket,
  { features, underlay: told, keys }: { features: string[]; underlay: readonly string[]; keys: HostKey[] },
): ObservedFacts {
  const links = new Map(listLinks(socket).map((link) => [link.index, link]));
  const routes = listRoutes(socket).filter(({ linkIndex }) => !isOurs(links.get(linkIndex ?? 0)));
  const prefixes = routes
    .map(({ destination }) => destination)
    .filter((prefix) => !defaultDestinations.has(prefix) && !/^(fe80|ff|169\.254)/.test(prefix));
  const uplink = routes.find(({ destination }) => defaultDestinations.has(destination))?.linkIndex;
  const others = [...links.values()].filter((link) => link.up && !isOurs(link) && link.name !== 'lo' && link.masterIndex === undefined);
  const smallest = others.length > 0 ? Math.min(...others.map(({ mtuBytes }) => mtuBytes)) : fallbackMtuBytes;
  const underlay = findUnderlay(socket, links, routes, told);
  const hasVersion = (ipv6: boolean): boolean => underlay.some(({ address }) => address.includes(':') === ipv6);
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
    underlay,
    keys: keys.filter((key) => hasVersion(key.underlay === 'ipv6')),
  };
}

const globalScope = 0;

/**
 * Where other hosts reach this one: the addresses that it was told, if it has them, else for each version of IP the first global address of the default route's link,
 * or of the first link that has one.
 */
function findUnderlay(socket: RouteSocket, links: Map<number, Link>, routes: Route[], told: readonly string[]): UnderlayAddress[] {
  const ways = routes.filter(({ destination }) => defaultDestinations.has(destination)).flatMap(({ linkIndex }) => linkIndex ?? []);
  const found = listAddresses(socket)
    .filter(({ linkIndex, scope }) => {
      const link = links.get(linkIndex);
      return scope === globalScope && link?.up && link.name !== 'lo' && !isOurs(link);
    })
    .map(({ address, linkIndex }) => ({
      address: address.slice(0, address.indexOf('/')),
      mtuBytes: links.get(linkIndex)?.mtuBytes ?? fallbackMtuBytes,
      isUplink: ways.includes(linkIndex),
    }))
    .sort((one, other) => Number(other.isUplink) - Number(one.isUplink));
  return [false, true].flatMap((ipv6) => {
    const ofVersion = found.filter(({ address }) => address.includes(':') === ipv6);
    const chosen = told.some((address) => address.includes(':') === ipv6)
      ? ofVersion.find(({ address }) => told.includes(address))
      : ofVersion[0];
    return chosen ? [{ address: chosen.address, mtuBytes: chosen.mtuBytes }] : [];
  });
}

const isOurs = (link: Link | undefined): boolean => parseOwnerAlias(link?.alias) !== undefined;

/** Tells what the host is when it is another thing than was told. */
export class HostFactsReport {
  #observed: ObservedFacts | undefined;
  #told: HostFacts | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly look: () => ObservedFacts,
    private readonly paths: () => UnderlayPath[],
    private readonly emit: (facts: HostFacts) => void,
  ) {}

  /** Looks at the kernel, and tells. True: packets may take other ways than when it was looked at last. */
  observe(): boolean {
    const before = this.#observed;
    const observed = (this.#observed = this.look());
    this.tell();
    return before !== undefined && !isDeepStrictEqual([before.underlay, before.routes], [observed.underlay, observed.routes]);
  }

  /** Looks, by `observe`, in a moment: a link that comes is told of several times. */
  soon(observe: () => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      observe();
    }, gatherMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** Tells what was seen last, with the paths as they are now. */
  tell(): void {
    if (!this.#observed) return;
    const facts = { ...this.#observed, paths: this.paths() };
    if (isDeepStrictEqual(facts, this.#told)) return;
    this.#told = facts;
    this.emit(facts);
  }
}
