import type { DesiredSandbox, RouterId } from '@netyard/contracts';
import { listLinks, numberNamespace, type Namespace, type RouteSocket } from '@netyard/netlink';
import type { DesiredStore } from '../operations/desired-store';
import type { RouterNamespaces } from '../routers/router-namespaces';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';

/**
 * Finds the sandbox or router behind a number that its namespace has in the host's own. Sandboxes joined there have one by the links that lead to them; those
 * behind a router, which have none there, are given one, so that their events are heard, and so are those whose links somebody may move away.
 */
export class NamespaceIds {
  #joined = new Map<number, string>();
  readonly #numbered = new Map<number, string>();
  readonly #routers = new Map<number, RouterId>();

  /** `watch`: routers now have these numbers. */
  constructor(
    private readonly socket: RouteSocket,
    private readonly store: DesiredStore,
    private readonly watch: (routerNsids: number[]) => void,
  ) {}

  /** Undefined when none of this host's sandboxes has the number. Numbers are given again: what is known is looked up anew when it is not wanted any more. */
  sandboxOf(nsid: number): string | undefined {
    const known = this.#joined.get(nsid) ?? this.#numbered.get(nsid);
    if (known !== undefined && this.store.endpointsOfSandbox(known).length > 0) return known;
    this.#joined = new Map(
      listLinks(this.socket, { kind: 'veth' }).flatMap(({ name, peerNamespaceId }): [number, string][] => {
        const owner = this.store.ofLink(name);
        return owner?.kind === 'endpoint' && owner.sandboxId !== null && peerNamespaceId !== undefined
          ? [[peerNamespaceId, owner.sandboxId]]
          : [];
      }),
    );
    return this.#joined.get(nsid);
  }

  routerOf(nsid: number): RouterId | undefined {
    return this.#routers.get(nsid);
  }

  /** May be repeated. Throws KernelError when the sandbox has no namespace. */
  numberSandbox(sandbox: DesiredSandbox, sandboxes: SandboxNamespaces): void {
    const nsid = this.#numberOf(sandboxes.open(sandbox));
    this.#numbered.set(nsid, sandbox.id);
  }

  /** May be repeated. Throws KernelError when the router has no namespace. */
  numberRouter(id: RouterId, namespaces: RouterNamespaces): void {
    const nsid = this.#numberOf(namespaces.open(id));
    if (this.#routers.get(nsid) === id) return;
    this.#drop(id);
    this.#routers.set(nsid, id);
    this.watch([...this.#routers.keys()]);
  }

  forgetRouter(id: string): void {
    this.#drop(id);
    this.watch([...this.#routers.keys()]);
  }

  #drop(id: string): void {
    for (const [nsid, router] of this.#routers) if (router === id) this.#routers.delete(nsid);
  }

  #numberOf(namespace: Namespace): number {
    try {
      return numberNamespace(this.socket, namespace);
    } finally {
      namespace.close();
    }
  }
}
