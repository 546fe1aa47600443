import { statSync } from 'node:fs';
import {
  bridgeLinkName,
  ownedLinkGroup,
  parseOwnerAlias,
  shaperLinkName,
  shimLinkName,
  stubPeerName,
  vethLinkName,
  vxlanLinkName,
  wireLinkName,
  type DesiredEndpoint,
  type DesiredNetwork,
  type DesiredPort,
  type DesiredSandbox,
} from '@netyard/contracts';
import {
  driverFor,
  inSandbox,
  objectKey,
  onHost,
  parentOf,
  vlanAlias,
  type IpvlanObject,
  type Joined,
  type KernelObject,
  type MacvlanObject,
  type VethObject,
  type WireguardObject,
} from '@netyard/drivers';
import { parseInterface, Prefix } from '@netyard/inet';
import {
  getLink,
  listAddresses,
  listForwarding,
  listLinks,
  listNeighbours,
  listQdiscs,
  listRedirects,
  listRoutes,
  readSysctl,
  type Link,
  type Route,
  type RouteSocket,
  type Qdisc,
  type WireguardDevice,
  type WireguardSocket,
} from '@netyard/netlink';
import type { Firewall } from '../firewall/firewall';
import type { Observed, Standing } from '../plan/difference';
import { networkObjects, portObjects, sandboxObjects, type Published } from '../plan/plan';
import type { OpenSandbox, SandboxNamespaces } from '../sandboxes/sandbox-namespaces';

/** A link that has one of our names and is not ours: it is left alone, and what needs the name fails. */
export class ForeignLinkError extends Error {
  override readonly name = 'ForeignLinkError';

  constructor(link: string, alias: string | undefined) {
    super(`there is a link ${link} that is not Netyard's for this object (alias ${alias ?? 'none'})`);
  }
}

/** Made by a worker that ended before it could write the alias. It shows as different from what is wanted, and is made anew. */
export const isHalfMade = ({ alias, group }: Link): boolean => alias === undefined && group === ownedLinkGroup;

const linkScope = 253;
const defaultDestinations = new Set(['0.0.0.0/0', '::/0']);

/** Reads from the kernel what stands of single objects, by name: the cost does not grow with what else there is. */
export class Observer {
  #routes: Route[] | undefined;
  #qdiscs: Qdisc[] | undefined;

  constructor(
    private readonly socket: RouteSocket,
    private readonly sandboxes: SandboxNamespaces,
    private readonly firewall: Firewall,
    private readonly wireguard: WireguardSocket,
  ) {}

  /** Throws ForeignLinkError when somebody else's link has the name of the bridge, or of another link that the network needs. */
  network(network: DesiredNetwork): Observed {
    const observed: Observed = new Map();
    const note = (object: KernelObject, sound = true): unknown => observed.set(objectKey(object), { object, sound });
    const wanted = network.deleted ? [] : networkObjects(network);
    for (const object of wanted) if (object.kind === 'sysctl') note({ ...object, value: currentSysctl(object.key) });
    const name = bridgeLinkName(network.id);
    for (const element of this.firewall.elementsOf(name)) note(element);
    for (const object of wanted)
      if (object.kind === 'rule-element' && object.owner !== name)
        for (const element of this.firewall.elementsOf(object.owner)) note(element);
    for (const object of wanted) this.#noteOnWire(network, object, note);
    for (const object of wanted) if (object.kind === 'wireguard') this.#noteWireguard(object, wanted, note);
    const link = this.#ownLink(name, network.id);
    if (!link) return observed;
    if (link.kind === 'veth') {
      note({ kind: 'stub', name, alias: link.alias ?? '', peer: stubPeerName(network.id), mtuBytes: link.mtuBytes }, link.up);
      return observed;
    }
    this.#noteTunnel(network, link, note);
    note(
      { kind: 'bridge', name, alias: link.alias ?? '', macAddress: link.macAddress ?? '', mtuBytes: link.mtuBytes },
      link.up && link.kind === 'bridge',
    );
    const routes = this.#hostRoutes();
    const own = new Set(wanted.flatMap((object) => (object.kind === 'address' ? [object.address] : [])));
    for (const { address, scope } of listAddresses(this.socket, link.index).filter(
      (one) => one.scope !== linkScope || own.has(one.address),
    ))
      note(
        { kind: 'address', place: onHost, link: name, address },
        !link.up || scope === linkScope || hasPrefixRoute(routes, address, link.index),
      );
    return observed;
  }

  /** What stands of networks straight on the wire: a fit parent, a VLAN of it, whoever has made that, and the host's own link. */
  #noteOnWire({ id }: DesiredNetwork, wanted: KernelObject, note: (object: KernelObject, sound: boolean) => unknown): void {
    if (wanted.kind === 'parent') {
      const link = getLink(this.socket, wanted.link);
      const master = link?.masterIndex === undefined ? undefined : getLink(this.socket, link.masterIndex);
      if (link) note(wanted, link.up && master?.kind !== 'bridge');
    }
    if (wanted.kind === 'vlan') {
      const link = getLink(this.socket, wanted.name);
      const isIt =
        link?.sublink?.kind === 'vlan' &&
        link.sublink.vlanId === wanted.vlanId &&
        link.peerIndex === getLink(this.socket, wanted.parent)?.index;
      if (link && isIt) note(wanted, link.up);
    }
    if (wanted.kind !== 'macvlan' && wanted.kind !== 'ipvlan') return;
    const link = this.#ownLink(shimLinkName(id), id);
    if (!link) return;
    note(standingSublink(wanted, link, this.#isOn(link, wanted.parent)), link.up);
    for (const { address } of listAddresses(this.socket, link.index).filter(({ scope }) => scope !== linkScope))
      note({ kind: 'address', place: onHost, link: link.name, address }, true);
  }

  /** A WireGuard link, its addresses, and the route to inner addresses, which other networks share. */
  #noteWireguard({ name, alias }: WireguardObject, wanted: KernelObject[], note: (object: KernelObject, sound: boolean) => unknown): void {
    const link = getLink(this.socket, name);
    if (!link) return;
    if (!isHalfMade(link) && link.alias !== alias) throw new ForeignLinkError(name, link.alias);
    const device = this.wireguard.get(name);
    const { publicKey = '', port = 0 } = device ?? {};
    note({ kind: 'wireguard', name, alias: link.alias ?? '', mtuBytes: link.mtuBytes, publicKey, port }, link.up && device !== undefined);
    for (const { address } of listAddresses(this.socket, link.index).filter(({ scope }) => scope !== linkScope))
      note({ kind: 'address', place: onHost, link: name, address }, true);
    for (const object of wanted) {
      if (object.kind !== 'route' || object.link !== name) continue;
      const route = this.#hostRoutes().find(({ destination, linkIndex }) => destination === object.destination && linkIndex === link.index);
      const source = route?.source === undefined ? {} : { source: route.source };
      if (route)
        note({ kind: 'route', place: onHost, destination: route.destination, via: route.via ?? null, link: name, ...source }, true);
    }
  }

  /** What the WireGuard link of that name knows of others; undefined when there is none. */
  wireguardDevice(name: string): WireguardDevice | undefined {
    return this.wireguard.get(name);
  }

  /** The WireGuard link of that name, if it is one of Netyard's. */
  ownWireguard(name: string, alias: string): string[] {
    return getLink(this.socket, name)?.alias === alias ? [name] : [];
  }

  /** Whether a link stands on a link of the host of that name. */
  #isOn({ peerIndex }: Link, parent: string): boolean {
    return peerIndex !== undefined && getLink(this.socket, parent)?.index === peerIndex;
  }

  #noteTunnel({ id }: DesiredNetwork, bridge: Link, note: (object: KernelObject, sound: boolean) => unknown): void {
    const link = this.#ownLink(vxlanLinkName(id), id);
    if (!link) return;
    const { name, alias = '', mtuBytes, vxlan, port, masterIndex, up } = link;
    const { vni, localAddress, port: udpPort, lowerIndex } = vxlan ?? { vni: 0, localAddress: '', port: 0 };
    // One that is bound to a link leaves its address to the routes.
    const way = lowerIndex === undefined ? { localAddress } : { localAddress: localAddress || '::', lowerLink: this.#nameOf(lowerIndex) };
    const isPort = masterIndex === bridge.index && port?.tunnel === true;
    note(
      { kind: 'vxlan', name, alias, mtuBytes, bridge: bridge.name, isolated: port?.isolated ?? false, vni, port: udpPort, ...way },
      up && isPort,
    );
  }

  #nameOf(index: number): string {
    return getLink(this.socket, index)?.name ?? '';
  }

  /**
   * What an overlay network's links on this host know of other hosts: an entry for each MAC address and each address that was told for good, by Netyard or by a routing daemon.
   * Empty when there are no links.
   */
  entries({ id }: Pick<DesiredNetwork, 'id'>): Observed {
    const observed: Observed = new Map();
    const note = (object: KernelObject, sound: boolean, isOthers: boolean): unknown =>
      observed.set(objectKey(object), { object, sound, isOthers });
    const [bridge, tunnel] = [bridgeLinkName(id), vxlanLinkName(id)];
    const tunnelIndex = getLink(this.socket, tunnel)?.index;
    const bridgeIndex = getLink(this.socket, bridge)?.index;
    const names = new Map<number, string>();
    const nameOf = (index: number): string => names.get(index) ?? (names.set(index, this.#nameOf(index)).get(index) as string);
    if (tunnelIndex !== undefined)
      for (const { macAddress, destination, viaIndex, onBridge, isExternal } of listForwarding(this.socket, tunnelIndex)) {
        const via = viaIndex === undefined ? {} : { via: nameOf(viaIndex) };
        note({ kind: 'forwarding', link: tunnel, macAddress, destination: destination ?? '', ...via }, onBridge, isExternal);
      }
    if (bridgeIndex !== undefined)
      for (const { address, macAddress, state, isExternal } of listNeighbours(this.socket, bridgeIndex))
        if (state === 'permanent' || isExternal)
          note({ kind: 'neighbour', link: bridge, address, macAddress: macAddress ?? '' }, true, isExternal);
    return observed;
  }

  /** The VLAN link of that name, if it is one of Netyard's. */
  ownVlan(name: string): string[] {
    return getLink(this.socket, name)?.alias === vlanAlias(name) ? [name] : [];
  }

  /** The links of a network that stand. Throws ForeignLinkError. */
  networkLinks({ id }: DesiredNetwork): string[] {
    return [vxlanLinkName(id), shimLinkName(id), bridgeLinkName(id)].filter((name) => this.#ownLink(name, id) !== undefined);
  }

  sandbox(sandbox: DesiredSandbox): Observed {
    const objects = sandboxObjects(sandbox);
    if (objects.length === 0) return new Map();
    const isUp = this.sandboxes.isLoopbackUp(sandbox);
    if (isUp === undefined) return new Map();
    return new Map(objects.map((object) => [objectKey(object), { object, sound: object.kind !== 'loopback' || isUp }]));
  }

  /** What stands in a sandbox, and on the host for it, of an endpoint that is straight on the wire and is to leave. */
  leavingFromWire({ id, addresses }: DesiredEndpoint, networkId: DesiredNetwork['id'], sandboxes: DesiredSandbox[]): Observed {
    const observed: Observed = new Map();
    const note = (object: KernelObject): unknown => observed.set(objectKey(object), { object, sound: false });
    for (const object of this.#shimRoutes(networkId, addresses)) note(object);
    for (const sandbox of sandboxes) {
      const link = this.#inside(sandbox, (socket) => listLinks(socket).find(({ alias }) => parseOwnerAlias(alias)?.id === id));
      if (link?.sublink) note(bareSublink(link, sandbox.id));
    }
    return observed;
  }

  /** Links in a sandbox that are marked as an endpoint's and stand on a link of the host. */
  onWireIn(sandbox: DesiredSandbox): { endpointId: string; object: KernelObject }[] {
    const links = this.#inside(sandbox, (socket) => listLinks(socket)) ?? [];
    return links.flatMap((link) => {
      const owner = parseOwnerAlias(link.alias);
      return link.sublink && owner?.kind === 'endpoint' ? [{ endpointId: owner.id, object: bareSublink(link, sandbox.id) }] : [];
    });
  }

  /** Where the interface of a join is, and which one it is; undefined when there is none. */
  interfaceOf({ sandbox, endpoint }: Joined): { namespacePath: string; interfaceKey: string } | undefined {
    const namespacePath = this.sandboxes.pathOf(sandbox);
    return this.#inside(sandbox, (socket) => {
      const index = getLink(socket, endpoint.interfaceName ?? '')?.index;
      return index === undefined ? undefined : { namespacePath, interfaceKey: `${statSync(namespacePath).ino} ${index}` };
    });
  }

  #inside<T>(sandbox: DesiredSandbox, look: (socket: RouteSocket) => T): T | undefined {
    try {
      return this.sandboxes.inside(sandbox, ({ socket }) => look(socket));
    } catch {
      // There is no namespace (any more).
      return undefined;
    }
  }

  /** Routes by which the host reaches these addresses over its own link in a network. */
  #shimRoutes(networkId: string, addresses: string[]): KernelObject[] {
    const shim = getLink(this.socket, shimLinkName(networkId));
    if (!shim) return [];
    const own = new Set(addresses.map((address) => address.slice(0, address.indexOf('/'))));
    return this.#hostRoutes()
      .filter(
        ({ linkIndex, destination, via }) =>
          linkIndex === shim.index && via === undefined && own.has(destination.slice(0, destination.indexOf('/'))),
      )
      .map(({ destination }) => ({ kind: 'route', place: onHost, destination, via: null, link: shim.name }));
  }

  /** The link by which what an endpoint sends is limited, if it is there: it does not go with the endpoint's own. */
  shaper({ id, limits }: DesiredEndpoint): string[] {
    const link = limits.egressMbps === null ? undefined : this.#ownLink(shaperLinkName(id), id);
    return link ? [link.name] : [];
  }

  /** What stands of a published port. */
  port(port: DesiredPort, published: Published): Observed {
    const observed: Observed = new Map();
    for (const object of this.firewall.elementsOf(port.id)) observed.set(objectKey(object), { object, sound: true });
    for (const object of portObjects(port, published))
      if (object.kind === 'sysctl')
        observed.set(objectKey(object), { object: { ...object, value: currentSysctl(object.key) }, sound: true });
      else if (object.kind === 'hairpin' && getLink(this.socket, object.link)?.port?.hairpin)
        observed.set(objectKey(object), { object, sound: true });
    return observed;
  }

  /** What stands of an endpoint that is to leave: its link, with which all the rest goes. Throws ForeignLinkError. */
  leavingEndpoint({ id }: DesiredEndpoint): Observed {
    const link = this.#ownLink(vethLinkName(id), id);
    if (!link) return new Map();
    const object: VethObject = { ...bareVeth, name: link.name, alias: link.alias ?? '' };
    return new Map([[objectKey(object), { object, sound: false }]]);
  }

  /**
   * The touched endpoints' links and addresses, and the default routes that go by any of the sandbox's joins.
   * Throws ForeignLinkError, and KernelError when there is no namespace.
   */
  joins(sandbox: DesiredSandbox, joins: Joined[], touched: Set<string>): Observed {
    const hostLinks = new Map<string, Link>();
    for (const { endpoint } of joins) {
      if (endpoint.interfaceName === null || !touched.has(endpoint.id)) continue;
      const link = this.#ownLink(vethLinkName(endpoint.id), endpoint.id);
      if (link) hostLinks.set(endpoint.id, link);
    }
    const onWire = joins.filter(({ network, endpoint }) => touched.has(endpoint.id) && isOnWire(network));
    const isFirst = hostLinks.size === 0 && onWire.length === 0 && joins.every(({ endpoint }) => touched.has(endpoint.id));
    const parents = new Map(onWire.map(({ endpoint, network }) => [endpoint.id as string, this.#parentIndex(network)]));
    const observed: Observed = isFirst
      ? new Map()
      : this.sandboxes.inside(sandbox, (open) => observeInside(open, joins, hostLinks, this.#bridgeNames(joins), parents));
    for (const { endpoint, network } of onWire)
      for (const object of this.#shimRoutes(network.id, endpoint.addresses)) observed.set(objectKey(object), { object, sound: true });
    for (const link of hostLinks.values()) this.#noteShaping(link, observed);
    for (const id of touched)
      for (const object of this.firewall.elementsOf(vethLinkName(id))) observed.set(objectKey(object), { object, sound: true });
    return observed;
  }

  #parentIndex(network: DesiredNetwork): number | undefined {
    try {
      return getLink(this.socket, parentOf(network).link)?.index;
    } catch {
      // It names none: its driver says so.
      return undefined;
    }
  }

  /** Names of bridges by index, of the networks that are joined. */
  #bridgeNames(joins: Joined[]): Map<number, string> {
    const names = new Set(joins.map(({ network }) => bridgeLinkName(network.id)));
    return new Map(
      [...names].flatMap((name): [number, string][] => [getLink(this.socket, name)].flatMap((link) => (link ? [[link.index, name]] : []))),
    );
  }

  /** Limits that are in force on an endpoint's link. */
  #noteShaping(link: Link, observed: Observed): void {
    const owner = parseOwnerAlias(link.alias)?.id ?? '';
    const name = shaperLinkName(owner);
    const ifb = getLink(this.socket, name);
    if (!ifb && !link.hasTokenBucket) return;
    const rateOf = (index: number | undefined): number | null =>
      this.#queues().find(({ linkIndex, kind }) => linkIndex === index && kind === 'tbf')?.bytesPerSecond ?? null;
    const object: KernelObject = {
      kind: 'shaping',
      link: link.name,
      ifb: name,
      alias: link.alias ?? '',
      ingressBytesPerSecond: rateOf(link.index),
      egressBytesPerSecond: ifb ? rateOf(ifb.index) : null,
    };
    observed.set(objectKey(object), { object, sound: !ifb || (ifb.up && this.#isRedirected(link.index, ifb.index)) });
  }

  /** Whether what a link receives goes where it is shaped, and nowhere else before. */
  #isRedirected(linkIndex: number, ifbIndex: number): boolean {
    const hasQueue = this.#queues().some((queue) => queue.linkIndex === linkIndex && queue.kind === 'ingress');
    return hasQueue && listRedirects(this.socket, linkIndex)[0] === ifbIndex;
  }

  #queues(): Qdisc[] {
    this.#qdiscs ??= listQdiscs(this.socket);
    setImmediate(() => (this.#qdiscs = undefined));
    return this.#qdiscs;
  }

  /** The router namespace's routes: read once for all networks that are looked at in one go. */
  #hostRoutes(): Route[] {
    this.#routes ??= listRoutes(this.socket);
    setImmediate(() => (this.#routes = undefined));
    return this.#routes;
  }

  #ownLink(name: string, id: string): Link | undefined {
    const link = getLink(this.socket, name);
    if (link && !isHalfMade(link) && parseOwnerAlias(link.alias)?.id !== id) throw new ForeignLinkError(name, link.alias);
    return link;
  }
}

const bareVeth: VethObject = {
  kind: 'veth',
  name: '',
  alias: '',
  mtuBytes: 0,
  bridge: '',
  isolated: false,
  hairpin: false,
  peer: { sandboxId: '' as DesiredSandbox['id'], name: '', macAddress: '', ipv6: false },
};

function observeInside(
  { socket }: OpenSandbox,
  joins: Joined[],
  hostLinks: Map<string, Link>,
  bridges: Map<number, string>,
  parents: Map<string, number | undefined>,
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
    const link = hostLinks.get(id);
    const unnamed = parents.has(id) ? getLink(socket, wireLinkName(id)) : undefined;
    if (unnamed) note({ object: bareSublink(unnamed, joined.sandbox.id), sound: false });
    if (inner && parents.has(id)) {
      if (!noteSublink(joined, inner, parents.get(id), note)) continue;
    } else {
      if (!link) continue;
      note(standingVeth(joined, link, inner, bridges));
      if (!inner || !isPair(link, inner)) continue;
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

function standingVeth(joined: Joined, link: Link, inner: Link | undefined, bridges: Map<number, string>): Standing {
  const { sandbox, endpoint, network } = joined;
  const wanted = driverFor(network.driver)
    .join(joined)
    .find((object): object is VethObject => object.kind === 'veth');
  const object: VethObject = {
    kind: 'veth',
    name: link.name,
    alias: link.alias ?? '',
    mtuBytes: link.mtuBytes,
    bridge: bridges.get(link.masterIndex ?? 0) ?? '',
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

/** A link as it stands, where the other is wanted; what is left to the kernel is taken as it is. */
function standingSublink(wanted: MacvlanObject | IpvlanObject, link: Link, isOnParent: boolean): KernelObject {
  const { sublink, alias = '' } = link;
  const common = {
    place: wanted.place,
    name: link.name,
    alias,
    parent: isOnParent ? wanted.parent : '',
    mtuBytes: wanted.mtuBytes === null ? null : link.mtuBytes,
    ipv6: wanted.ipv6,
  };
  if (sublink?.kind === 'ipvlan') return { kind: 'ipvlan', ...common, mode: sublink.mode, flag: sublink.flag };
  const macAddress = wanted.kind === 'macvlan' && wanted.macAddress !== null ? (link.macAddress ?? '') : null;
  return { kind: 'macvlan', ...common, mode: sublink?.kind === 'macvlan' ? sublink.mode : 'vepa', macAddress };
}

/** Enough of a link for it to be removed. */
const bareSublink = ({ name, alias = '' }: Link, sandboxId: DesiredSandbox['id']): KernelObject => ({
  kind: 'macvlan',
  place: inSandbox(sandboxId),
  name,
  alias,
  parent: '',
  mtuBytes: null,
  ipv6: false,
  mode: 'bridge',
  macAddress: null,
});

/** Whether endpoints of the network are links in their sandboxes, with nothing of theirs on the host that leads there. */
export const isOnWire = ({ driver }: Pick<DesiredNetwork, 'driver'>): boolean => {
  const { hasSubnets, passesHost } = driverFor(driver).description;
  return hasSubnets && !passesHost;
};

/** Both ends name each other's index. */
const isPair = (link: Link, inner: Link): boolean =>
  inner.kind === 'veth' && link.peerIndex === inner.index && inner.peerIndex === link.index;

/** Whether the route to the address's own prefix is there, which the kernel makes with the address. A prefix of one address has none. */
function hasPrefixRoute(routes: Route[], address: string, linkIndex: number): boolean {
  const parsed = parseInterface(address);
  if (!parsed) return true;
  const prefix = Prefix.containing(parsed.address, parsed.prefixLength);
  if (prefix.size === 1n) return true;
  const destination = prefix.toString();
  return routes.some((route) => route.destination === destination && route.linkIndex === linkIndex && route.via === undefined);
}

const globalAddresses = (socket: RouteSocket, linkIndex: number): string[] =>
  listAddresses(socket, linkIndex)
    .filter(({ scope }) => scope !== linkScope)
    .map(({ address }) => address);

function currentSysctl(key: string): string {
  try {
    return readSysctl(key);
  } catch {
    return '';
  }
}
