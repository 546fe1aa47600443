import {
  bridgeLinkName,
  sandboxNamespaceName,
  vethLinkName,
  type DesiredEndpoint,
  type DesiredNetwork,
  type DesiredSandbox,
  wireguardLinkName,
} from '@netyard/contracts';
import { parseParent, wireguardAlias } from '@netyard/drivers';
import type { Firewall } from '../firewall/firewall';
import type { Observer } from '../observe/observe';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import type { DesiredStore } from './desired-store';
import type { ReapFailure } from './messages';

type Removable = DesiredNetwork | DesiredSandbox | DesiredEndpoint;

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
  subjects: { subject: Removable; links: string[] }[];
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
    private readonly observer: Observer,
    private readonly sandboxes: SandboxNamespaces,
    private readonly firewall: Firewall,
    private readonly reap: (jobId: number, links: string[]) => void,
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

  /** Links that belong to nothing. Nobody waits for them. */
  reapOrphans(links: string[]): void {
    if (links.length > 0) this.reap(this.#nextJobId++, links);
  }

  /** The reaper has finished a job: gives what has gone with it. */
  reaped(jobId: number, failures: ReapFailure[]): RemovalResult[] {
    const job = this.#jobs.get(jobId);
    this.#jobs.delete(jobId);
    return (job?.subjects ?? []).map(({ subject, links }) => {
      this.#underWay.delete(subject.id);
      const failure = failures.find(({ link }) => links.includes(link));
      return failure ? { subject, error: new Error(failure.message) } : this.#finish(subject);
    });
  }

  #submit(job: RemovalJob): void {
    const jobId = this.#nextJobId++;
    for (const { subject } of job.subjects) this.#underWay.add(subject.id);
    this.#jobs.set(jobId, job);
    this.reap(jobId, [...new Set(job.subjects.flatMap(({ links }) => links))]);
  }

  /** Throws ForeignLinkError when a name of ours is somebody else's link. */
  #linksOf(subject: Removable): string[] {
    switch (subject.kind) {
      case 'endpoint':
        return [...(this.observer.leavingEndpoint(subject).size > 0 ? [vethLinkName(subject.id)] : []), ...this.observer.shaper(subject)];
      case 'network':
        return [...this.observer.networkLinks(subject), ...this.#lastVlan(subject), ...this.#lastWireguard(subject)];
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
    return others.some((other) => vlanOf(other) === vlan) ? [] : this.observer.ownVlan(vlan);
  }

  /** The WireGuard link that no other network of this host needs, if it is one of ours. */
  #lastWireguard({ id, tunnel }: DesiredNetwork): string[] {
    const underlay = tunnel?.encryption?.underlay;
    if (underlay === undefined) return [];
    const others = [...this.store.networks.values()].filter((other) => other.id !== id && !other.deleted);
    if (others.some((other) => other.tunnel?.encryption?.underlay === underlay)) return [];
    return this.observer.ownWireguard(wireguardLinkName(underlay), wireguardAlias(underlay));
  }

  #finish(subject: Removable): RemovalResult {
    try {
      if (subject.kind === 'endpoint') this.#removeElements(vethLinkName(subject.id));
      if (subject.kind === 'sandbox') for (const id of this.store.endpointsOfSandbox(subject.id)) this.#removeElements(vethLinkName(id));
      if (subject.kind === 'sandbox' && subject.namespace.type === 'managed') this.sandboxes.delete(sandboxNamespaceName(subject.id));
      if (subject.kind === 'network') this.#removeElements(bridgeLinkName(subject.id));
      return { subject };
    } catch (error) {
      return { subject, error };
    }
  }

  #removeElements(owner: string): void {
    this.firewall.apply(this.firewall.elementsOf(owner).map((object) => ({ verb: 'remove', object })));
  }
}
