import { routerLinkName, routerUplinkName, type DesiredRouter } from '@netyard/contracts';
import { objectKey, onHost, type KernelObject } from '@netyard/drivers';
import { getLink, type Link } from '@netyard/netlink';
import { addressesOf, currentSysctl } from '../observe/link-addresses';
import { isPair, ownLink } from '../observe/own-link';
import type { Observed } from '../plan/difference';
import type { Router } from './router';
import type { RouterNamespaces } from './router-namespaces';

const defaultDestinations = new Set(['0.0.0.0/0', '::/0']);

/** What stands of a router in the host's own namespace. Throws ForeignLinkError when somebody else's link has the name of its uplink. */
export function observeOutside(host: Router, namespaces: RouterNamespaces, { id }: DesiredRouter, wanted: KernelObject[]): Observed {
  const observed: Observed = new Map();
  const note = (object: KernelObject, sound = true): unknown => observed.set(objectKey(object), { object, sound });
  const name = routerLinkName(id);
  noteSettings(wanted, note);
  for (const element of host.firewall.elementsOf(name)) note(element);
  const isThere = namespaces.isThere(id);
  for (const object of wanted) if (object.kind === 'router-namespace' && isThere) note(object);
  const link = ownLink(host.socket, name, id);
  if (!link) return observed;
  const inner = isThere ? namespaces.inside(id, (socket) => getLink(socket, routerUplinkName)) : undefined;
  noteUplink(id, link, inner && isPair(link, inner) ? inner : undefined, note);
  for (const { object, sound } of addressesOf(host.socket, link, host.observer.routes(), wanted)) note(object, sound);
  return observed;
}

/** One whose other end is not in the router is another one than is wanted. */
function noteUplink(
  id: DesiredRouter['id'],
  link: Link,
  inner: Link | undefined,
  note: (object: KernelObject, sound: boolean) => unknown,
): void {
  const { name, alias = '', mtuBytes, macAddress = '' } = link;
  const peer = { routerId: id, name: inner?.name ?? '', macAddress: inner?.macAddress ?? '' };
  note({ kind: 'uplink', name, alias, mtuBytes, macAddress, peer }, link.up && inner?.up === true);
}

/** What stands of a router in its own namespace, beside its networks. The thread has to be there. */
export function observeInside({ socket, observer }: Router, wanted: KernelObject[]): Observed {
  const observed: Observed = new Map();
  const note = (object: KernelObject, sound = true): unknown => observed.set(objectKey(object), { object, sound });
  noteSettings(wanted, note);
  const link = getLink(socket, routerUplinkName);
  if (!link) return observed;
  const routes = observer.routes();
  for (const { object, sound } of addressesOf(socket, link, routes, wanted)) note(object, sound);
  for (const { destination, via = null, linkIndex } of routes)
    if (linkIndex === link.index && defaultDestinations.has(destination))
      note({ kind: 'route', place: onHost, destination, via, link: link.name });
  return observed;
}

const noteSettings = (wanted: KernelObject[], note: (object: KernelObject) => unknown): void => {
  for (const object of wanted) if (object.kind === 'sysctl') note({ ...object, value: currentSysctl(object.key) });
};
