import type { RouterId } from '@netyard/contracts';
import type { Step } from '@netyard/drivers';
import { inNamespace, RouteSocket, type Namespace, type WireguardSocket } from '@netyard/netlink';
import { NftContext } from '@netyard/nftables';
import { Applier } from '../apply/applier';
import type { Failure } from '../apply/job';
import type { ApplierParts } from '../apply/parts';
import { Firewall } from '../firewall/firewall';
import type { NftContexts } from '../firewall/nft-contexts';
import { Observer } from '../observe/observe';
import type { Work } from '../plan/plan';
import { Policies } from '../policies/policies';
import type { RouterNamespaces } from './router-namespaces';

/** What routers share. */
export interface RouterParts extends Omit<ApplierParts, 'socket' | 'firewall' | 'here'> {
  wireguardSocket: WireguardSocket;
  contexts: NftContexts;
  /** As many flows may one address of a network have; 0: any number, null: a share of what the kernel tracks. */
  maxFlows: number | null;
}

/**
 * What reads and changes the kernel in one namespace that has bridges in it: the host's own, which is the default tenant's router, or that of another tenant. Work that
 * needs the thread to be there (settings, libnftables, sockets that are opened on the way) is done `inside`.
 */
export class Router {
  readonly observer: Observer;
  readonly policies: Policies;
  readonly #applier: Applier;

  private constructor(
    /** Null: the host's own namespace. */
    readonly id: RouterId | null,
    readonly socket: RouteSocket,
    readonly firewall: Firewall,
    parts: RouterParts,
    private readonly namespace: Namespace | null,
    private readonly release: () => void,
  ) {
    const { sandboxes, wireguardSocket, underlay } = parts;
    this.observer = new Observer(socket, sandboxes, firewall, wireguardSocket, underlay);
    this.#applier = new Applier({ ...parts, socket, firewall, here: namespace });
    this.policies = new Policies(firewall);
  }

  /** Of the thread's own namespace, which every bracket returns to in the end. Throws NftError when libnftables is missing. */
  static ofHost(parts: RouterParts): Router {
    const context = NftContext.open();
    return new Router(
      null,
      parts.underlay,
      Firewall.open(() => context, parts.maxFlows),
      parts,
      null,
      () => context.close(),
    );
  }

  /** Of a namespace that is there; it lives at least until `close`, whatever becomes of its name. Throws KernelError. */
  static open(id: RouterId, parts: RouterParts): Router {
    const { namespaces, contexts } = parts;
    const namespace = namespaces.open(id).kept();
    try {
      const { socket, firewall } = inNamespace(namespace, () => ({
        socket: RouteSocket.open().kept(),
        firewall: Firewall.open(() => contexts.of(id), parts.maxFlows),
      }));
      return new Router(id, socket, firewall, parts, namespace, () => {
        contexts.close(id);
        socket.close();
        namespace.close();
      });
    } catch (error) {
      contexts.close(id);
      namespace.close();
      throw error;
    }
  }

  /** Runs synchronous work with the thread in the router's namespace. */
  inside<T>(work: () => T): T {
    return this.namespace ? inNamespace(this.namespace, work) : work();
  }

  look<T>(look: (observer: Observer) => T): T {
    return this.inside(() => look(this.observer));
  }

  apply(works: Work[]): Failure[] {
    return works.length === 0 ? [] : this.inside(() => this.#applier.apply(works));
  }

  /** Changes elements of the firewall. Throws NftError. */
  change(steps: Step[]): void {
    if (steps.length > 0) this.inside(() => this.firewall.apply(steps));
  }

  /** Takes all elements of these owners away. Throws NftError. */
  removeElementsOf(...owners: string[]): void {
    this.change(owners.flatMap((owner) => this.firewall.elementsOf(owner)).map((object) => ({ verb: 'remove', object })));
  }

  /** Gives the namespace its name back, if it has lost it; says whether it had to. */
  keepName(namespaces: RouterNamespaces): boolean {
    return this.id !== null && this.namespace !== null && namespaces.keepName(this.id, this.namespace);
  }

  close(): void {
    this.firewall.close();
    this.release();
  }
}
