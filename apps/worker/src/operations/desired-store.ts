import { isDeepStrictEqual } from 'node:util';
import {
  bridgeLinkName,
  routerLinkName,
  shaperLinkName,
  shimLinkName,
  vethLinkName,
  vxlanLinkName,
  wireguardLinkName,
} from '@netyard/contracts';
import type {
  Desired,
  DesiredEndpoint,
  DesiredInquiry,
  DesiredKey,
  DesiredKind,
  DesiredNetwork,
  DesiredPeer,
  DesiredPolicy,
  DesiredPort,
  DesiredProbe,
  DesiredRouter,
  DesiredSandbox,
  FeedMessage,
  Lease,
} from '@netyard/contracts';
import { parseParent, usesDhcp, withLease, type Joined, type Remote } from '@netyard/drivers';

/** Objects, by id, that are to be looked at in the next round. */
export class Touched {
  readonly routers = new Set<string>();
  readonly networks = new Set<string>();
  readonly sandboxes = new Set<string>();
  readonly endpoints = new Set<string>();
  readonly peers = new Set<string>();
  readonly keys = new Set<string>();
  readonly ports = new Set<string>();
  readonly policies = new Set<string>();

  get isEmpty(): boolean {
    const { routers, networks, sandboxes, endpoints, peers, keys, ports, policies } = this;
    return [routers, networks, sandboxes, endpoints, peers, keys, ports, policies].every(({ size }) => size === 0);
  }

  ofKind(kind: Exclude<DesiredKind, 'probe' | 'inquiry'>): Set<string> {
    const { routers, networks, sandboxes, endpoints, peers, keys, ports, policies } = this;
    return {
      router: routers,
      network: networks,
      sandbox: sandboxes,
      endpoint: endpoints,
      peer: peers,
      key: keys,
      port: ports,
      policy: policies,
    }[kind];
  }
}

/**
 * Everything that the host is to realise, in memory. Objects that are to go stay until they are gone from the kernel; what the API has
 * forgotten becomes a removal without a report.
 */
export class DesiredStore {
  readonly routers = new Map<string, DesiredRouter>();
  readonly networks = new Map<string, DesiredNetwork>();
  readonly sandboxes = new Map<string, DesiredSandbox>();
  readonly endpoints = new Map<string, DesiredEndpoint>();
  /** Endpoints on other hosts, of networks that hosts share. An endpoint that moves here is a peer no more, under the same id. */
  readonly peers = new Map<string, DesiredPeer>();
  /** Of other hosts, and this host's own. */
  readonly keys = new Map<string, DesiredKey>();
  readonly ports = new Map<string, DesiredPort>();
  readonly policies = new Map<string, DesiredPolicy>();
  /** Of endpoints whose address comes by DHCP, by their ids: observed rather than desired, and joined as if it were. */
  readonly leases = new Map<string, Lease>();
  /** Ids whose removal nobody waits to hear of. */
  readonly forgotten = new Set<string>();
  /** Whether everything is known: only then may the unknown be deleted from the kernel. */
  inSync = false;
  /** This host's id, empty until the feed has said it. */
  hostId = '';

  readonly #endpointsOfSandbox = new Map<string, Set<string>>();
  readonly #endpointsOfNetwork = new Map<string, Set<string>>();
  readonly #peersOfNetwork = new Map<string, Set<string>>();
  readonly #policiesOfNetwork = new Map<string, Set<string>>();
  /** By the router's id; empty: the host's own namespace. */
  readonly #networksOfRouter = new Map<string, Set<string>>();
  /** Ids of routers, networks and endpoints by the names of their links. */
  readonly #byLink = new Map<string, string>();
  /** Ids of keys by their inner addresses. */
  readonly #keyIds = new Map<string, string>();
  readonly #portsOfEndpoint = new Map<string, Set<string>>();
  /** Where endpoints that are joined to nothing any more have been. */
  readonly #lastSandbox = new Map<string, string>();
  /** What was named since the snapshot began; null outside of one. */
  #named: Set<string> | null = null;

  /** Takes one message of the feed in, and says in `touched` what it concerns. Probes and inquiries are handed back to be run. Repeating a message is harmless. */
  take(message: FeedMessage, touched: Touched): DesiredProbe | DesiredInquiry | undefined {
    switch (message.type) {
      case 'snapshot':
        this.hostId = message.hostId;
        this.#named = new Set();
        return undefined;
      case 'resume':
        this.hostId = message.hostId;
        this.#named = null;
        return undefined;
      case 'upsert':
        this.#named?.add(keyOf(message.object));
        return this.#upsert(message.object, touched);
      case 'delete':
        this.#forget(message, touched);
        return undefined;
      case 'in-sync':
        this.#endSnapshot(touched);
        return undefined;
    }
  }

  /** The endpoint with its network and sandbox, and what it is leased, if it is to be joined and both are there to stay. */
  joined(endpointId: string): Joined | undefined {
    const endpoint = this.endpoints.get(endpointId);
    if (!endpoint || isLeaving(endpoint) || endpoint.sandboxId === null) return undefined;
    const network = this.networks.get(endpoint.networkId);
    const sandbox = this.sandboxes.get(endpoint.sandboxId);
    if (!network || !sandbox || network.deleted || sandbox.deleted) return undefined;
    const joined = { network, sandbox, endpoint };
    return usesDhcp(network) ? withLease(joined, this.leases.get(endpointId)) : joined;
  }

  /** The endpoint on another host with its network, if both are there to stay and it is on no sandbox of this one. */
  remote(endpointId: string): Remote | undefined {
    const peer = this.endpoints.has(endpointId) ? undefined : this.peers.get(endpointId);
    const network = peer && this.networks.get(peer.networkId);
    return peer && network && !peer.deleted && !network.deleted ? { network, peer } : undefined;
  }

  /** Networks that stand on a link of the host, or on a VLAN of it: of which endpoints do, or the tunnel. */
  networksOnLink(name: string): DesiredNetwork[] {
    return [...this.networks.values()].filter(({ options, tunnel }) => {
      if (tunnel?.encryption && wireguardLinkName(tunnel.encryption.underlay) === name) return true;
      const parent = typeof options['parent'] === 'string' ? parseParent(options['parent']) : undefined;
      return parent?.link === name || parent?.vlan?.of === name;
    });
  }

  /** What a link with one of Netyard's names belongs to. */
  ofLink(name: string): DesiredRouter | DesiredNetwork | DesiredEndpoint | undefined {
    const id = this.#byLink.get(name) ?? '';
    return this.networks.get(id) ?? this.endpoints.get(id) ?? this.routers.get(id);
  }

  joinsOfSandbox(sandboxId: string): Joined[] {
    return this.endpointsOfSandbox(sandboxId).flatMap((id) => this.joined(id) ?? []);
  }

  /** The sandbox that an endpoint has left, as far as is known. */
  lastSandboxOf(endpointId: string): string | undefined {
    return this.#lastSandbox.get(endpointId);
  }

  endpointsOfSandbox(sandboxId: string): string[] {
    return [...(this.#endpointsOfSandbox.get(sandboxId) ?? [])];
  }

  endpointsOfNetwork(networkId: string): string[] {
    return [...(this.#endpointsOfNetwork.get(networkId) ?? [])];
  }

  /** Those that are to go among them. Null: of the host's own namespace. */
  networksOfRouter(routerId: string | null): DesiredNetwork[] {
    return [...(this.#networksOfRouter.get(routerId ?? '') ?? [])].flatMap((id) => this.networks.get(id) ?? []);
  }

  /** Those that are to go among them. */
  policiesOfNetwork(networkId: string): DesiredPolicy[] {
    return [...(this.#policiesOfNetwork.get(networkId) ?? [])].flatMap((id) => this.policies.get(id) ?? []);
  }

  /** Those that are to go among them. */
  peersOfNetwork(networkId: string): DesiredPeer[] {
    return [...(this.#peersOfNetwork.get(networkId) ?? [])].flatMap((id) => this.peers.get(id) ?? []);
  }

  /** Those that are to go among them. */
  portsOfEndpoint(endpointId: string): DesiredPort[] {
    return [...(this.#portsOfEndpoint.get(endpointId) ?? [])].flatMap((id) => this.ports.get(id) ?? []);
  }

  /** Of endpoints on other hosts; those that are to go among them. */
  relayedPorts(networkId: string): DesiredPort[] {
    return this.peersOfNetwork(networkId).flatMap(({ id }) => (this.endpoints.has(id) ? [] : this.portsOfEndpoint(id)));
  }

  has(id: string): boolean {
    return [this.routers, this.networks, this.sandboxes, this.endpoints, this.keys, this.ports, this.policies].some((objects) =>
      objects.has(id),
    );
  }

  /** Drops a peer that is gone from the kernel. */
  dropPeer(id: string): void {
    const peer = this.peers.get(id);
    if (peer) this.#peersOfNetwork.get(peer.networkId)?.delete(id);
    this.peers.delete(id);
  }

  /** What encrypts packets to an inner address. */
  keyOf(innerAddress: string): DesiredKey | undefined {
    const key = this.keys.get(this.#keyIds.get(innerAddress) ?? '');
    return key?.deleted ? undefined : key;
  }

  /** Drops any other object that is gone from the kernel, and what is nothing without it. */
  drop(id: string): void {
    for (const peer of this.peersOfNetwork(id)) this.dropPeer(peer.id);
    this.#peersOfNetwork.delete(id);
    this.#unlink(this.endpoints.get(id));
    for (const link of linksOf(id)) if (this.#byLink.get(link) === id) this.#byLink.delete(link);
    this.endpoints.delete(id);
    this.#lastSandbox.delete(id);
    this.sandboxes.delete(id);
    this.routers.delete(id);
    this.#networksOfRouter.delete(id);
    this.#networksOfRouter.get(this.networks.get(id)?.routerId ?? '')?.delete(id);
    this.networks.delete(id);
    const port = this.ports.get(id);
    if (port) this.#portsOfEndpoint.get(port.endpointId)?.delete(id);
    this.ports.delete(id);
    this.#policiesOfNetwork.get(this.policies.get(id)?.networkId ?? '')?.delete(id);
    this.policies.delete(id);
    const address = this.keys.get(id)?.innerAddress ?? '';
    if (this.#keyIds.get(address) === id) this.#keyIds.delete(address);
    this.keys.delete(id);
    this.forgotten.delete(id);
  }

  #upsert(object: Desired, touched: Touched): DesiredProbe | DesiredInquiry | undefined {
    if (object.kind === 'network') for (const link of networkLinks(object.id)) this.#byLink.set(link, object.id);
    if (object.kind === 'endpoint') for (const link of endpointLinks(object.id)) this.#byLink.set(link, object.id);
    switch (object.kind) {
      case 'probe':
      case 'inquiry':
        return object;
      case 'router':
        if (isOlder(object, this.routers.get(object.id))) return undefined;
        this.#byLink.set(routerLinkName(object.id), object.id);
        this.routers.set(object.id, object);
        touched.routers.add(object.id);
        break;
      case 'network':
        if (isOlder(object, this.networks.get(object.id))) return undefined;
        if (!isSameSpec(object, this.networks.get(object.id))) this.#touchUsers(object.id, touched);
        if (!this.networks.has(object.id)) addAll(touched.policies, [...(this.#policiesOfNetwork.get(object.id) ?? [])]);
        this.networks.set(object.id, object);
        addTo(this.#networksOfRouter, object.routerId ?? '', object.id);
        touched.networks.add(object.id);
        break;
      case 'sandbox':
        if (isOlder(object, this.sandboxes.get(object.id))) return undefined;
        if (!isSameSpec(object, this.sandboxes.get(object.id))) addAll(touched.endpoints, this.endpointsOfSandbox(object.id));
        this.sandboxes.set(object.id, object);
        touched.sandboxes.add(object.id);
        break;
      case 'endpoint':
        this.#upsertEndpoint(object, touched);
        break;
      case 'peer':
        if (isOlder(object, this.peers.get(object.id))) return undefined;
        this.dropPeer(object.id);
        this.peers.set(object.id, object);
        addTo(this.#peersOfNetwork, object.networkId, object.id);
        touched.peers.add(object.id);
        if (!object.deleted && !this.endpoints.has(object.id))
          addAll(
            touched.ports,
            this.portsOfEndpoint(object.id).map(({ id }) => id),
          );
        return undefined;
      case 'key':
        this.keys.set(object.id, object);
        this.#keyIds.set(object.innerAddress, object.id);
        touched.keys.add(object.id);
        break;
      case 'port':
        if (isOlder(object, this.ports.get(object.id))) return undefined;
        this.ports.set(object.id, object);
        addTo(this.#portsOfEndpoint, object.endpointId, object.id);
        touched.ports.add(object.id);
        break;
      case 'policy':
        if (isOlder(object, this.policies.get(object.id))) return undefined;
        this.policies.set(object.id, object);
        addTo(this.#policiesOfNetwork, object.networkId, object.id);
        touched.policies.add(object.id);
        break;
    }
    this.forgotten.delete(object.id);
    return undefined;
  }

  /** What stands by the network: its endpoints, and ports that lead into it to other hosts. */
  #touchUsers(networkId: string, touched: Touched): void {
    addAll(touched.endpoints, this.endpointsOfNetwork(networkId));
    addAll(
      touched.ports,
      this.relayedPorts(networkId).map(({ id }) => id),
    );
  }

  #upsertEndpoint(endpoint: DesiredEndpoint, touched: Touched): void {
    const previous = this.endpoints.get(endpoint.id);
    if (isOlder(endpoint, previous)) return;
    this.#unlink(previous);
    if (endpoint.sandboxId !== null) this.#lastSandbox.delete(endpoint.id);
    else if (previous?.sandboxId) this.#lastSandbox.set(endpoint.id, previous.sandboxId);
    this.endpoints.set(endpoint.id, endpoint);
    addTo(this.#endpointsOfNetwork, endpoint.networkId, endpoint.id);
    if (endpoint.sandboxId !== null) addTo(this.#endpointsOfSandbox, endpoint.sandboxId, endpoint.id);
    touched.endpoints.add(endpoint.id);
    if (previous?.sandboxId && previous.sandboxId !== endpoint.sandboxId) touched.sandboxes.add(previous.sandboxId);
  }

  /** What the API knows no more is taken away, as if it had asked for that. */
  #forget({ kind, id }: Named, touched: Touched): void {
    const object = this.#everyKind()
      .map((objects) => objects.get(id))
      .find((one) => one?.kind === kind);
    if (!object) return;
    this.#upsert({ ...object, deleted: true }, touched);
    if (kind === 'network') for (const peer of this.peersOfNetwork(id)) this.#upsert({ ...peer, deleted: true }, touched);
    if (kind !== 'peer' && kind !== 'key') this.forgotten.add(id);
  }

  #endSnapshot(touched: Touched): void {
    const named = this.#named;
    this.#named = null;
    this.inSync = true;
    if (!named) return;
    for (const object of this.#everyKind().flatMap((objects) => [...objects.values()]))
      if (!named.has(keyOf(object))) this.#forget(object, touched);
  }

  /** What depends on others comes first. */
  #everyKind(): Map<
    string,
    DesiredPort | DesiredPolicy | DesiredPeer | DesiredKey | DesiredEndpoint | DesiredSandbox | DesiredNetwork | DesiredRouter
  >[] {
    return [this.ports, this.policies, this.peers, this.keys, this.endpoints, this.sandboxes, this.networks, this.routers];
  }

  #unlink(endpoint: DesiredEndpoint | undefined): void {
    if (!endpoint) return;
    this.#endpointsOfNetwork.get(endpoint.networkId)?.delete(endpoint.id);
    if (endpoint.sandboxId !== null) this.#endpointsOfSandbox.get(endpoint.sandboxId)?.delete(endpoint.id);
  }
}

const networkLinks = (id: string): string[] => [bridgeLinkName(id), vxlanLinkName(id), shimLinkName(id)];
const endpointLinks = (id: string): string[] => [vethLinkName(id), shaperLinkName(id)];
const linksOf = (id: string): string[] => [routerLinkName(id), ...networkLinks(id), ...endpointLinks(id)];

type Named = { kind: DesiredKind; id: string };
const keyOf = ({ kind, id }: Named): string => `${kind} ${id}`;

/** Deleted, or joined to nothing any more: what there is of it has to go. */
export const isLeaving = (endpoint: DesiredEndpoint): boolean => endpoint.deleted || endpoint.sandboxId === null;

const isOlder = (object: Desired, known: Desired | undefined): boolean => known !== undefined && object.generation < known.generation;

/** Whether two versions ask for the same: then what depends on the object need not be looked at again. */
const isSameSpec = (object: Desired, known: Desired | undefined): boolean =>
  known !== undefined && isDeepStrictEqual({ ...object, generation: 0, name: '' }, { ...known, generation: 0, name: '' });

const addAll = (set: Set<string>, ids: string[]): void => ids.forEach((id) => set.add(id));

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}
