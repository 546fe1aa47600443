import { listLinks, type RouteSocket } from '@netyard/netlink';
import type { DesiredStore } from '../operations/desired-store';

/** Finds the sandbox behind a number that its namespace has in the router namespace, by the links that lead there. */
export class SandboxIds {
  #sandboxes = new Map<number, string>();

  constructor(
    private readonly socket: RouteSocket,
    private readonly store: DesiredStore,
  ) {}

  /** Undefined when none of this host's sandboxes has the number. Numbers are given again: what is known is looked up anew when it is not wanted any more. */
  find(nsid: number): string | undefined {
    const known = this.#sandboxes.get(nsid);
    if (known !== undefined && this.store.endpointsOfSandbox(known).length > 0) return known;
    this.#sandboxes = new Map(
      listLinks(this.socket, { kind: 'veth' }).flatMap(({ name, peerNamespaceId }): [number, string][] => {
        const owner = this.store.ofLink(name);
        return owner?.kind === 'endpoint' && owner.sandboxId !== null && peerNamespaceId !== undefined
          ? [[peerNamespaceId, owner.sandboxId]]
          : [];
      }),
    );
    return this.#sandboxes.get(nsid);
  }
}
