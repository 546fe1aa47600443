import type { AddressObject, ForwardingObject, NeighbourObject, RouteObject, Step } from '@netyard/drivers';
import {
  addAddress,
  deleteAddress,
  deleteForwarding,
  deleteNeighbour,
  deleteRoute,
  getLink,
  replaceForwarding,
  replaceNeighbour,
  replaceRoute,
  type RouteSocket,
} from '@netyard/netlink';
import { noneThere, type Item, type Job } from './job';

/** Gives a link's index. Throws KernelError ENODEV when there is no such link. */
type IndexOf = (name: string) => number;

export const addressItem = (job: Job, step: Step, { address }: AddressObject, index: number): Item => ({
  job,
  request: addAddress(index, address),
  makes: step,
  harmless: ['EEXIST'],
});

export const routeOf = ({ destination, via, link, source }: RouteObject, indexOf: IndexOf) => ({
  destination,
  via: via ?? undefined,
  linkIndex: indexOf(link),
  source,
});

/** What the router's links know: addresses of their own, and entries of others. */
export function knowledgeItems(job: Job, step: Step, indexOf: IndexOf): Item[] {
  const { verb, object } = step;
  if (verb === 'remove') return [];
  if (object.kind === 'forwarding') return forwardingItems(job, step, object, indexOf);
  if (object.kind === 'neighbour') return [neighbourItem(job, step, object, indexOf)];
  if (object.kind !== 'address' || object.place.in !== 'host') return [];
  return [addressItem(job, step, object, indexOf(object.link))];
}

/** Routes need the addresses. */
export const routeItems = (job: Job, step: Step, indexOf: IndexOf): Item[] =>
  step.verb === 'add' && step.object.kind === 'route' && step.object.place.in === 'host'
    ? [{ job, request: replaceRoute(routeOf(step.object, indexOf)), makes: step }]
    : [];

/** Addresses, routes and entries go with their link. */
export function knowledgeRemoval(job: Job, { object }: Step, socket: RouteSocket): Item[] {
  if (object.kind === 'forwarding' || object.kind === 'neighbour') return entryRemoval(job, object, socket);
  if ((object.kind !== 'route' && object.kind !== 'address') || object.place.in !== 'host') return [];
  const linkIndex = getLink(socket, object.link)?.index;
  if (linkIndex === undefined) return [];
  if (object.kind === 'address') return [{ job, request: deleteAddress(linkIndex, object.address), harmless: ['EADDRNOTAVAIL', 'ENODEV'] }];
  const { destination, via } = object;
  return [{ job, request: deleteRoute({ destination, via: via ?? undefined, linkIndex }), harmless: ['ESRCH', 'ENODEV'] }];
}

const forwardingItems = (job: Job, step: Step, { link, macAddress, destination, via }: ForwardingObject, indexOf: IndexOf): Item[] =>
  replaceForwarding(indexOf(link), macAddress, destination, via === undefined ? undefined : indexOf(via)).map((request) => ({
    job,
    request,
    makes: step,
  }));

const neighbourItem = (job: Job, step: Step, { link, address, macAddress }: NeighbourObject, indexOf: IndexOf): Item => ({
  job,
  request: replaceNeighbour({ linkIndex: indexOf(link), address, macAddress }),
  makes: step,
});

function entryRemoval(job: Job, object: ForwardingObject | NeighbourObject, socket: RouteSocket): Item[] {
  const link = getLink(socket, object.link);
  if (!link) return [];
  const requests =
    object.kind === 'forwarding' ? deleteForwarding(link.index, object.macAddress) : [deleteNeighbour(link.index, object.address)];
  return requests.map((request) => ({ job, request, harmless: noneThere }));
}
