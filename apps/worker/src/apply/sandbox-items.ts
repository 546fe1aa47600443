import { parseOwnerAlias, wireLinkName } from '@netyard/contracts';
import type { IpvlanObject, KernelObject, MacvlanObject } from '@netyard/drivers';
import { addRoute, deleteAddress, deleteRoute, replaceRoute, setLink } from '@netyard/netlink';
import type { Work } from '../plan/plan';
import { writeIfThere } from '../sandboxes/marked-namespace';
import type { OpenSandbox } from '../sandboxes/sandbox-namespaces';
import type { Item, Job } from './job';
import { addressItem, routeOf } from './knowledge-items';
import { knownIndexes } from './link-index';

const insideKinds = new Set(['address', 'route', 'macvlan', 'ipvlan']);

/** The sandboxes in which a work has something to change. */
export function sandboxesOf({ steps }: Work): Set<string> {
  return new Set(
    steps.flatMap(({ verb, object }) => {
      if (object.kind === 'veth' && verb === 'add') return [object.peer.sandboxId];
      if ((object.kind === 'macvlan' || object.kind === 'ipvlan') && verb === 'remove') return [];
      return insideKinds.has(object.kind) && 'place' in object && object.place.in === 'sandbox' ? [object.place.sandboxId] : [];
    }),
  );
}

/**
 * Removals, then addresses, then the link goes up (which announces them), then routes, which need it up. In a managed sandbox a default route
 * takes the place of another; in an adopted one somebody else's stays, and the work fails.
 */
export function insideItems(job: Job, sandboxId: string, { socket }: OpenSandbox, isManaged: boolean): Item[] {
  const removals: Item[] = [];
  const addresses: Item[] = [];
  const ups: Item[] = [];
  const routes: Item[] = [];
  const births = new Map(
    job.work.steps.flatMap(({ verb, object }) =>
      verb === 'add' && isSublinkIn(object, sandboxId) ? [[object.name, birthName(object)]] : [],
    ),
  );
  const byName = knownIndexes(socket);
  // A link that has just been made gets its name in this very batch.
  const indexOf = (name: string): number => byName(births.get(name) ?? name);
  const veths = job.work.steps.flatMap(({ verb, object }) => (object.kind === 'veth' && verb === 'add' ? [object] : []));
  for (const { peer, mtuBytes } of veths) ups.push(...interfaceItems(job, { ...peer, mtuBytes }, indexOf(peer.name), isManaged));
  for (const { verb, object } of job.work.steps) {
    if (verb === 'add' && isSublinkIn(object, sandboxId)) ups.push(...sublinkItems(job, object, indexOf(birthName(object)), isManaged));
  }
  for (const step of job.work.steps) {
    const { verb, object } = step;
    if ((object.kind !== 'address' && object.kind !== 'route') || object.place.in !== 'sandbox' || object.place.sandboxId !== sandboxId)
      continue;
    if (object.kind === 'address') {
      if (verb === 'add') addresses.push(addressItem(job, step, object, indexOf(object.link)));
      else removals.push({ job, request: deleteAddress(indexOf(object.link), object.address), harmless: ['EADDRNOTAVAIL'] });
    } else if (verb === 'add') routes.push({ job, request: (isManaged ? replaceRoute : addRoute)(routeOf(object, indexOf)), makes: step });
    else removals.push({ job, request: deleteRoute(routeOf(object, indexOf)), harmless: ['ESRCH'] });
  }
  return [...removals, ...addresses, ...ups, ...routes];
}

/** What a link that stands on one of the host is called in a sandbox until it is set apart there. */
export const birthName = ({ alias }: MacvlanObject | IpvlanObject): string => wireLinkName(parseOwnerAlias(alias)?.id ?? '');

const isSublinkIn = (object: KernelObject, sandboxId: string): object is MacvlanObject | IpvlanObject =>
  (object.kind === 'macvlan' || object.kind === 'ipvlan') && object.place.in === 'sandbox' && object.place.sandboxId === sandboxId;

/** Addresses come from the API alone: no router is listened to, no duplicate is looked for; a change of the MAC address is announced. */
const ipv6Settings = [
  ['accept_ra', '0'],
  ['accept_dad', '0'],
  ['ndisc_notify', '1'],
  ['disable_ipv6', '0'],
] as const;

/** An interface inside a sandbox, whatever it is made of. */
interface Interface {
  name: string;
  ipv6: boolean;
  mtuBytes: number | null;
}

/** Settings of the new interface, which have to be in force before it comes up, and its raising. */
function interfaceItems(job: Job, { name, ipv6, mtuBytes }: Interface, index: number, isManaged: boolean): Item[] {
  const setting = (key: string, value: string): void => writeIfThere(`net/ipv6/conf/${name}/${key}`, value);
  if (ipv6) {
    for (const [key, value] of ipv6Settings) setting(key, value);
  } else if (!isManaged) {
    setting('disable_ipv6', '1');
  }
  return [
    ...(isManaged ? [] : [{ job, request: setLink(index, { arpNotify: true }) }]),
    { job, request: setLink(index, { up: true, mtuBytes: mtuBytes ?? undefined }) },
  ];
}

/** A link that stands on one of the host is marked here. The parent of one in mode passthru takes its MAC address over, which it has only when it is set apart. */
function sublinkItems(job: Job, object: MacvlanObject | IpvlanObject, index: number, isManaged: boolean): Item[] {
  const macAddress = object.kind === 'macvlan' && object.mode === 'passthru' ? (object.macAddress ?? undefined) : undefined;
  return [
    { job, request: setLink(index, { name: object.name, alias: object.alias, macAddress }) },
    ...interfaceItems(job, { ...object, name: birthName(object) }, index, isManaged),
  ];
}
