import { parseOwnerAlias, vethLinkName, wireLinkName, type DesiredSandbox } from '@netyard/contracts';
import {
  driverFor,
  inSandbox,
  objectKey,
  type IpvlanObject,
  type Joined,
  type KernelObject,
  type MacvlanObject,
  type VethObject,
} from '@netyard/drivers';
import { getLink, listRoutes, type Link } from '@netyard/netlink';
import type { Observed, Standing } from '../plan/difference';
import type { Routers } from '../routers/routers';
import type { OpenSandbox, SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import { globalAddresses, hasPrefixRoute } from './link-addresses';
import type { OuterEnd } from './observe';
import { isHalfMade, isPair } from './own-link';
import { bareSublink, isOnWire, standingSublink } from './sublinks';

const defaultDestinations = new Set(['0.0.0.0/0', '::/0']);

/**
 * Reads what stands of the joins of one sandbox, which may be in the networks of several routers: the touched endpoints' links and addresses, and the default routes that go
 * by any of the joins. Throws ForeignLinkError, and KernelError when there is no namespace.
 */
export function observeJoins(
  routers: Routers,
  sandboxes: SandboxNamespaces,
  sandbox: DesiredSandbox,
  joins: Joined[],
  touched: ReadonlySet<string>,
): Observed {
  const own = joins.filter(({ endpoint }) => touched.has(endpoint.id));
  const groups = routers.grouped(own);
  const ends = new Map(groups.flatMap(([router, some]) => router.look((observer) => observer.outerEnds(some))));
  const onWire = own.filter(({ network }) => isOnWire(network));
  const isFirst = ends.size === 0 && onWire.length === 0 && own.length === joins.length;
  const { host } = routers;
  const parents = new Map(
    onWire.map(({ endpoint, network }) => [endpoint.id as string, host.look((observer) => observer.parentIndex(network))]),
  );
  const observed: Observed = isFirst ? new Map() : sandboxes.inside(sandbox, (open) => observeInside(open, joins, ends, parents));
  const note = (object: KernelObject, sound = true): unknown => observed.set(objectKey(object), { object, sound });
  for (const { endpoint, network } of onWire)
    for (const object of host.look((observer) => observer.shimRoutes(network.id, endpoint.addresses))) note(object);
  for (const [router, some] of groups)
    for (const { endpoint } of some) {
      const end = ends.get(endpoint.id);
      const shaping = end && router.look((observer) => observer.shapingOf(end.link));
      if (shaping) note(shaping.object, shaping.sound);
      for (const object of router.firewall.elementsOf(vethLinkName(endpoint.id))) note(object);
    }
  return observed;
}

function observeInside(
  { socket }: OpenSandbox,
  joins: Joined[],
  ends: ReadonlyMap<string, OuterEnd>,
  parents: ReadonlyMap<string, number | undefined>,
): Observed {
  const observed: Observed = new Map();
  const note = ({ object, sound }: Standing): unknown => observed.set(objectKey(object), { object, sound });
  const interfaces = new Map<number, Joined>();
  const routes = listRoutes(socket);
  for (const joined of joins) {
    const { interfaceName, id } = joined.endpoint;
    if (interfaceName === null) continue;
    const inner = getLink(socket, interfaceName);
    if (inner) interfaces.set(inner.index, joined);
    const end = ends.get(id);
    const unnamed = parents.has(id) ? getLink(socket, wireLinkName(id)) : undefined;
    if (unnamed) note({ object: bareSublink(unnamed, joined.sandbox.id), sound: false });
    if (inner && parents.has(id)) {
      if (!noteSublink(joined, inner, parents.get(id), note)) continue;
    } else {
      if (!end) continue;
      note(standingVeth(joined, end, inner));
      if (!inner || !isPair(end.link, inner)) continue;
    }
    for (const address of globalAddresses(socket, inner.index)) {
      const object: KernelObject = { kind: 'address', place: inSandbox(joined.sandbox.id), link: interfaceName, address };
      note({ object, sound: !inner.up || hasPrefixRoute(routes, address, inner.index) });
    }
  }
  for (const { destination, via, linkIndex } of routes) {
    const joined = interfaces.get(linkIndex ?? 0);
    if (!joined || !defaultDestinations.has(destination)) continue;
    const link = joined.endpoint.interfaceName ?? '';
    note({ object: { kind: 'route', place: inSandbox(joined.sandbox.id), destination, via: via ?? null, link }, sound: true });
  }
  return observed;
}

function standingVeth(joined: Joined, { link, bridge }: OuterEnd, inner: Link | undefined): Standing {
  const { sandbox, endpoint, network } = joined;
  const wanted = driverFor(network.driver)
    .join(joined)
    .find((object): object is VethObject => object.kind === 'veth');
  const object: VethObject = {
    kind: 'veth',
    name: link.name,
    alias: link.alias ?? '',
    mtuBytes: link.mtuBytes,
    bridge,
    isolated: link.port?.isolated ?? false,
    // Published ports may have switched it on.
    hairpin: wanted?.hairpin === true && link.port?.hairpin === true,
    peer: {
      sandboxId: sandbox.id,
      name: endpoint.interfaceName ?? '',
      macAddress: inner?.macAddress ?? '',
      ipv6: wanted?.peer.ipv6 ?? false,
    },
  };
  const isSound = inner !== undefined && isPair(link, inner) && link.up && inner.up && inner.mtuBytes === link.mtuBytes;
  return { object, sound: isSound };
}

/** Says whether the interface is the endpoint's: a link on one of the host, marked as its own, or one whose maker ended before it could be. */
function noteSublink(joined: Joined, inner: Link, parentIndex: number | undefined, note: (standing: Standing) => unknown): boolean {
  const wanted = driverFor(joined.network.driver)
    .join(joined)
    .find((object): object is MacvlanObject | IpvlanObject => object.kind === 'macvlan' || object.kind === 'ipvlan');
  if (!wanted || !inner.sublink || (!isHalfMade(inner) && parseOwnerAlias(inner.alias)?.id !== joined.endpoint.id)) return false;
  note({ object: standingSublink(wanted, inner, parentIndex !== undefined && inner.peerIndex === parentIndex), sound: inner.up });
  return true;
}
