import { statSync } from 'node:fs';
import {
  bridgeLinkName,
  parseOwnerAlias,
  shaperLinkName,
  shimLinkName,
  stubPeerName,
  vethLinkName,
  vxlanLinkName,
  type DesiredEndpoint,
  type DesiredNetwork,
  type DesiredPort,
  type DesiredSandbox,
} from '@netyard/contracts';
import {
  objectKey,
  onHost,
  parentOf,
  vlanAlias,
  type Joined,
  type KernelObject,
  type VethObject,
  type WireguardObject,
} from '@netyard/drivers';
import {
  getLink,
  listForwarding,
  listLinks,
  listNeighbours,
  listQdiscs,
  listRedirects,
  listRoutes,
  type Link,
  type Route,
  type RouteSocket,
  type Qdisc,
  type WireguardDevice,
  type WireguardSocket,
} from '@netyard/netlink';
import type { Firewall } from '../firewall/firewall';
import type { Observed, Standing } from '../plan/difference';
import { networkObjects, sandboxObjects, underlayObjects } from '../plan/plan';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import { addressesOf, currentSysctl, globalAddresses } from './link-addresses';
import { ForeignLinkError, isHalfMade, ownLink } from './own-link';
import { bareSublink, standingSublink } from './sublinks';

/** The router's end of the pair by which an endpoint is joined. */
export interface OuterEnd {
  link: Link;
  /** Empty: it is no port of its network's bridge. */
  bridge: string;
}

/** Reads from the kernel what stands of single objects in the namespace of a router, by name: the cost does not grow with what else there is. */
export class Observer {
  #routes: Route[] | undefined;
  #qdiscs: Qdisc[] | undefined;

  constructor(
    private readonly socket: RouteSocket,
    private readonly sandboxes: SandboxNamespaces,
    private readonly firewall: Firewall,
    private readonly wireguard: WireguardSocket,
    /** Of the host's own namespace, where the links are that tunnels stand on. */
    private readonly hostSocket: RouteSocket,
  ) {}

  /** What stands in the host's own namespace of a network that is in another one. */
  underlay(network: DesiredNetwork): Observed {
    return this.#network(network, network.deleted ? [] : underlayObjects(network));
  }

  /** Throws ForeignLinkError when somebody else's link has the name of the bridge, or of another link that the network needs. */
  network(network: DesiredNetwork): Observed {
    return this.#network(network, network.deleted ? [] : networkObjects(network));
  }

  /** What stands in this namespace of what is wanted of a network, and what else is marked as its own. */
  #network(network: DesiredNetwork, wanted: KernelObject[]): Observed {
    const observed: Observed = new Map();
    const note = (object: KernelObject, sound = true): unknown => observed.set(objectKey(object), { object, sound });
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
    for (const { object, sound } of addressesOf(this.socket, link, this.routes(), wanted)) note(object, sound);
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
    for (const address of globalAddresses(this.socket, link.index))
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
    for (const address of globalAddresses(this.socket, link.index)) note({ kind: 'address', place: onHost, link: name, address }, true);
    for (const object of wanted) {
      if (object.kind !== 'route' || object.link !== name) continue;
      const route = this.routes().find(({ destination, linkIndex }) => destination === object.destination && linkIndex === link.index);
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
    const way =
      lowerIndex === undefined
        ? { localAddress }
        : { localAddress: localAddress || '::', lowerLink: getLink(this.hostSocket, lowerIndex)?.name ?? '' };
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
    for (const object of this.shimRoutes(networkId, addresses)) note(object);
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
  shimRoutes(networkId: string, addresses: string[]): KernelObject[] {
    const shim = getLink(this.socket, shimLinkName(networkId));
    if (!shim) return [];
    const own = new Set(addresses.map((address) => address.slice(0, address.indexOf('/'))));
    return this.routes()
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

  /** What stands of what is wanted for a published port. */
  port({ id }: DesiredPort, wanted: KernelObject[]): Observed {
    const observed: Observed = new Map();
    for (const object of this.firewall.elementsOf(id)) observed.set(objectKey(object), { object, sound: true });
    for (const object of wanted)
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

  /** The router's ends of the pairs by which endpoints are joined, by endpoint, with the bridge that each is a port of. Throws ForeignLinkError. */
  outerEnds(joins: Joined[]): [endpointId: string, OuterEnd][] {
    return joins.flatMap(({ endpoint, network }): [string, OuterEnd][] => {
      const link = endpoint.interfaceName === null ? undefined : this.#ownLink(vethLinkName(endpoint.id), endpoint.id);
      if (!link) return [];
      const bridge = bridgeLinkName(network.id);
      const isPort = link.masterIndex !== undefined && getLink(this.socket, bridge)?.index === link.masterIndex;
      return [[endpoint.id, { link, bridge: isPort ? bridge : '' }]];
    });
  }

  /** The link that a network straight on the wire stands on. */
  parentIndex(network: DesiredNetwork): number | undefined {
    try {
      return getLink(this.socket, parentOf(network).link)?.index;
    } catch {
      // It names none: its driver says so.
      return undefined;
    }
  }

  /** Limits that are in force on an endpoint's link; undefined when there are none. */
  shapingOf(link: Link): Standing | undefined {
    const owner = parseOwnerAlias(link.alias)?.id ?? '';
    const name = shaperLinkName(owner);
    const ifb = getLink(this.socket, name);
    if (!ifb && !link.hasTokenBucket) return undefined;
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
    return { object, sound: !ifb || (ifb.up && this.#isRedirected(link.index, ifb.index)) };
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

  /** The routes of the namespace: read once for all networks that are looked at in one go. */
  routes(): Route[] {
    this.#routes ??= listRoutes(this.socket);
    setImmediate(() => (this.#routes = undefined));
    return this.#routes;
  }

  #ownLink(name: string, id: string): Link | undefined {
    return ownLink(this.socket, name, id);
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
