import {
  vethLinkName,
  type DesiredEndpoint,
  type DesiredNetwork,
  type DesiredPolicy,
  type DesiredPort,
  type RouterId,
} from '@netyard/contracts';
import { getLink } from '@netyard/netlink';
import type { DesiredStore } from '../operations/desired-store';
import { Router, type RouterParts } from './router';

/** A network waits for its router. */
export class NoRouterError extends Error {
  override readonly name = 'MissingPart';

  constructor({ name, routerId }: Pick<DesiredNetwork, 'name' | 'routerId'>) {
    super(`router ${routerId} of network ${name} does not stand on this host (yet)`);
  }
}

/** The routers that stand on this host, the host's own namespace first. */
export class Routers {
  readonly host: Router;
  readonly #others = new Map<string, Router>();
  readonly #uncommitted = new Set<Router>();

  constructor(
    private readonly parts: RouterParts,
    private readonly store: DesiredStore,
  ) {
    this.host = Router.ofHost(parts);
  }

  get all(): Router[] {
    return [this.host, ...this.#others.values()];
  }

  /** Undefined as long as it does not stand. */
  get(id: RouterId | null): Router | undefined {
    // A state that an earlier worker has cached says nothing of routers.
    return id ? this.#others.get(id) : this.host;
  }

  /** In which a network is. Throws NoRouterError. */
  at(network: Pick<DesiredNetwork, 'name' | 'routerId'>): Router {
    const router = this.get(network.routerId);
    if (!router) throw new NoRouterError(network);
    return router;
  }

  /** Things of networks whose routers stand, by these. */
  grouped<T extends { network: Pick<DesiredNetwork, 'routerId'> }>(things: readonly T[]): [Router, T[]][] {
    const groups = new Map<Router, T[]>();
    for (const thing of things) {
      const router = this.get(thing.network.routerId);
      if (!router) continue;
      const group = groups.get(router);
      if (group) group.push(thing);
      else groups.set(router, [thing]);
    }
    return [...groups];
  }

  /** In which an endpoint has its link, or had it; undefined: in none that stands. */
  ofEndpoint({ id, networkId }: Pick<DesiredEndpoint, 'id' | 'networkId'>): Router | undefined {
    const network = this.store.networks.get(networkId);
    if (network) return this.get(network.routerId);
    return this.all.find(({ socket }) => getLink(socket, vethLinkName(id)) !== undefined);
  }

  /** Policies are no longer about an endpoint, or a peer; in force with the next commit. */
  removeMember(id: string, networkId: string | undefined): void {
    const network = this.store.networks.get(networkId ?? '');
    for (const router of network ? [this.get(network.routerId)] : this.all) {
      router?.policies.removeMember(id);
      if (router) this.#uncommitted.add(router);
    }
  }

  /** Those whose policies know of changes that are not in force yet. */
  takeUncommitted(): Router[] {
    const routers = [...this.#uncommitted].filter(({ id }) => this.get(id) !== undefined);
    this.#uncommitted.clear();
    return routers;
  }

  /** In which a policy is in force, or is to be; the host's own as long as its network is not known. Undefined: its network's does not stand. */
  ofPolicy({ id, networkId }: Pick<DesiredPolicy, 'id' | 'networkId'>): Router | undefined {
    const network = this.store.networks.get(networkId);
    return network ? this.get(network.routerId) : (this.all.find(({ policies }) => policies.has(id)) ?? this.host);
  }

  /** Those in which anything stands of a port. */
  holding({ id, endpointId }: Pick<DesiredPort, 'id' | 'endpointId'>): Router[] {
    const networkId = (this.store.endpoints.get(endpointId) ?? this.store.peers.get(endpointId))?.networkId;
    const network = this.store.networks.get(networkId ?? '');
    const candidates = network ? [this.host, this.get(network.routerId)] : this.all;
    return [...new Set(candidates)].flatMap((router) => (router && router.firewall.elementsOf(id).length > 0 ? [router] : []));
  }

  /** Begins to work in a namespace that is there; says whether it did not before. Throws KernelError or NftError. */
  open(id: RouterId): boolean {
    if (this.#others.has(id)) return false;
    this.#others.set(id, Router.open(id, this.parts));
    return true;
  }

  /** May be repeated. */
  close(id: RouterId): void {
    this.#others.get(id)?.close();
    this.#others.delete(id);
  }

  closeAll(): void {
    for (const router of this.all) router.close();
  }
}
