import { join } from 'node:path';
import { ownerAlias, routerNamespaceName } from '@netyard/contracts';
import { attachNamespace, deleteNamespace, KernelError, Namespace, type RouteSocket } from '@netyard/netlink';
import { createMarkedNamespace, insideOf, markOf } from '../sandboxes/marked-namespace';

/** The named network namespaces of tenants' routers on this host. */
export class RouterNamespaces {
  constructor(
    private readonly directory: string,
    private readonly hostName: string,
  ) {}

  pathOf(routerId: string): string {
    return join(this.directory, routerNamespaceName(routerId));
  }

  /** Throws KernelError when there is none. */
  open(routerId: string): Namespace {
    return Namespace.open(this.pathOf(routerId));
  }

  /** Whether the router has a namespace, and it is the one that this host's worker has made. */
  isThere(routerId: string): boolean {
    return markOf(this.pathOf(routerId)) === this.#ownerMark(routerId);
  }

  /** Runs synchronous work with the thread inside the router's namespace. Throws what `open` throws. */
  inside<T>(routerId: string, work: (socket: RouteSocket) => T): T {
    return insideOf(this.pathOf(routerId), work);
  }

  /** What stands at the path and is not the router's is replaced. */
  create(routerId: string): void {
    createMarkedNamespace(this.pathOf(routerId), this.#ownerMark(routerId), () => undefined);
  }

  /** Gives an open namespace of a router its name back, if somebody has taken it away or given it to another one; says whether it had to. */
  keepName(routerId: string, namespace: Namespace): boolean {
    if (this.#inodeAt(routerId) === namespace.inode) return false;
    this.delete(routerId);
    attachNamespace(namespace, this.pathOf(routerId));
    return true;
  }

  /** May be repeated. */
  delete(routerId: string): void {
    deleteNamespace(this.pathOf(routerId));
  }

  #inodeAt(routerId: string): number | undefined {
    try {
      const namespace = this.open(routerId);
      const { inode } = namespace;
      namespace.close();
      return inode;
    } catch (error) {
      if (error instanceof KernelError) return undefined;
      throw error;
    }
  }

  #ownerMark(routerId: string): string {
    return `${ownerAlias('router', routerId)}:${this.hostName}`;
  }
}
