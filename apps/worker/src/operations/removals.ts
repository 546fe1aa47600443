import {
  bridgeLinkName,
  routerLinkName,
  sandboxNamespaceName,
  vethLinkName,
  wireguardLinkName,
  type DesiredEndpoint,
  type DesiredNetwork,
  type DesiredRouter,
  type DesiredSandbox,
} from '@netyard/contracts';
import { parseParent, wireguardAlias } from '@netyard/drivers';
import { ownLink } from '../observe/own-link';
import type { RouterNamespaces } from '../routers/router-namespaces';
import type { Router } from '../routers/router';
import type { Routers } from '../routers/routers';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import type { DesiredStore } from './desired-store';
import type { ReapFailure, ReapLink } from './messages';

type Removable = DesiredRouter | DesiredNetwork | DesiredSandbox | DesiredEndpoint;

/** The VLAN link that a network stands on, if it asks for one. */
export const vlanOf = ({ driver, options }: DesiredNetwork): string | undefined => {
  const parent = options['parent'];
  const isVlan = (driver === 'macvlan' || driver === 'ipvlan') && typeof parent === 'string' && parseParent(parent)?.vlan;
  return isVlan ? parent : undefined;
};

/** How a removal ended. */
export interface RemovalResult {
  subject: Removable;
  error?: unknown;
}

/** Links to delete, and what they belong to. */
interface RemovalJob {
  subjects: { subject: Removable; links: ReapLink[] }[];
}

/**
 * Takes objects away in two halves: their links go to the reaper, all of a round together; what is left (namespaces, firewall elements) follows
 * when the links are gone. Meanwhile the objects are `under way` and nothing else is done to them.
 */
export class Removals {
  readonly #underWay = new Set<string>();
  readonly #jobs = new Map<number, RemovalJob>();
  #nextJobId = 1;

  constructor(
    private readonly store: DesiredStore,
    private readonly routers: Routers,
    private readonly namespaces: RouterNamespaces,
    private readonly sandboxes: SandboxNamespaces,
    private readonly reap: (jobId: number, links: ReapLink[]) => void,
  ) {}

  isUnderWay(id: string): boolean {
    return this.#underWay.has(id);
  }

  /** Begins to take objects away; gives those that are done already, or cannot be. Repeating it for one that is under way does nothing. */
  begin(subjects: Removable[]): RemovalResult[] {
    const results: RemovalResult[] = [];
    const job: RemovalJob = { subjects: [] };
    for (const subject of subjects) {
      if (this.#underWay.has(subject.id)) continue;
      try {
        const links = this.#linksOf(subject);
        if (links.length > 0) job.subjects.push({ subject, links });
        else results.push(this.#finish(subject));
      } catch (error) {
        results.push({ subject, error });
      }
    }
    if (job.subjects.length > 0) this.#submit(job);
    return results;
  }

  /** Links of a router that belong to nothing. Nobody waits for them. */
  reapOrphans(router: Router, names: string[]): void {
    if (names.length > 0) this.reap(this.#nextJobId++, this.#in(router, names));
  }

  /** The reaper has finished a job: gives what has gone with it. */
  reaped(jobId: number, failures: ReapFailure[]): RemovalResult[] {
    const job = this.#jobs.get(jobId);
    this.#jobs.delete(jobId);
    return (job?.subjects ?? []).map(({ subject, links }) => {
      this.#underWay.delete(subject.id);
      const failure = failures.find(({ link }) => links.some(({ name }) => name === link));
      return failure ? { subject, error: new Error(failure.message) } : this.#finish(subject);
    });
  }

  #submit(job: RemovalJob): void {
    const jobId = this.#nextJobId++;
    for (const { subject } of job.subjects) this.#underWay.add(subject.id);
    this.#jobs.set(jobId, job);
    const links = new Map(job.subjects.flatMap((one) => one.links).map((link) => [`${link.namespacePath} ${link.name}`, link]));
    this.reap(jobId, [...links.values()]);
  }

  #in({ id }: Router, names: string[]): ReapLink[] {
    const namespacePath = id === null ? null : this.namespaces.pathOf(id);
    return names.map((name) => ({ name, namespacePath }));
  }

  /** Throws ForeignLinkError when a name of ours is somebody else's link. What is in a router that does not stand is gone. */
  #linksOf(subject: Removable): ReapLink[] {
    const { host } = this.routers;
    switch (subject.kind) {
      case 'router': {
        const name = routerLinkName(subject.id);
        return ownLink(host.socket, name, subject.id) ? this.#in(host, [name]) : [];
      }
      case 'endpoint': {
        const router = this.routers.ofEndpoint(subject);
        if (!router) return [];
        const names = router.look((observer) => [
          ...(observer.leavingEndpoint(subject).size > 0 ? [vethLinkName(subject.id)] : []),
          ...observer.shaper(subject),
        ]);
        return this.#in(router, names);
      }
      case 'network': {
        const router = this.routers.get(subject.routerId);
        const own = router ? this.#in(router, router.observer.networkLinks(subject)) : [];
        return [...own, ...this.#in(host, [...this.#lastVlan(subject), ...this.#lastWireguard(subject)])];
      }
      case 'sandbox':
        return this.store.endpointsOfSandbox(subject.id).flatMap((id) => {
          const endpoint = this.store.endpoints.get(id);
          return endpoint ? this.#linksOf(endpoint) : [];
        });
    }
  }

  /** The VLAN link that no other network of this host stands on, if it is one of ours. */
  #lastVlan(network: DesiredNetwork): string[] {
    const vlan = vlanOf(network);
    if (vlan === undefined) return [];
    const others = [...this.store.networks.values()].filter(({ id, deleted }) => id !== network.id && !deleted);
    return others.some((other) => vlanOf(other) === vlan) ? [] : this.routers.host.observer.ownVlan(vlan);
  }

  /** The WireGuard link that no other network of this host needs, if it is one of ours. */
  #lastWireguard({ id, tunnel }: DesiredNetwork): string[] {
    const underlay = tunnel?.encryption?.underlay;
    if (underlay === undefined) return [];
    const others = [...this.store.networks.values()].filter((other) => other.id !== id && !other.deleted);
    if (others.some((other) => other.tunnel?.encryption?.underlay === underlay)) return [];
    return this.routers.host.observer.ownWireguard(wireguardLinkName(underlay), wireguardAlias(underlay));
  }

  #finish(subject: Removable): RemovalResult {
    try {
      switch (subject.kind) {
        case 'endpoint':
          this.routers.ofEndpoint(subject)?.removeElementsOf(vethLinkName(subject.id));
          break;
        case 'sandbox':
          for (const id of this.store.endpointsOfSandbox(subject.id)) {
            const endpoint = this.store.endpoints.get(id);
            if (endpoint) this.routers.ofEndpoint(endpoint)?.removeElementsOf(vethLinkName(id));
          }
          if (subject.namespace.type === 'managed') this.sandboxes.delete(sandboxNamespaceName(subject.id));
          break;
        case 'network':
          for (const router of new Set([this.routers.get(subject.routerId), this.routers.host]))
            router?.removeElementsOf(bridgeLinkName(subject.id));
          break;
        case 'router':
          this.routers.close(subject.id);
          this.routers.host.removeElementsOf(routerLinkName(subject.id));
          this.namespaces.delete(subject.id);
          break;
      }
      return { subject };
    } catch (error) {
      return { subject, error };
    }
  }
}
