import type { DesiredEndpoint, DesiredNetwork, DesiredPolicy, DesiredPort } from '@netyard/contracts';
import type { Joined } from '@netyard/drivers';
import type { NamespaceIds } from '../drift/namespace-ids';
import type { Failure } from '../apply/job';
import type { Names } from '../names/names';
import { observeJoins } from '../observe/observe-joins';
import { isOnWire } from '../observe/sublinks';
import { planNetwork, planRemoval, planSandbox, planSandboxJoins, planUnderlay, type Work } from '../plan/plan';
import { policyMember } from '../policies/member';
import { messageOf } from '../report/conditions';
import type { Router } from '../routers/router';
import type { RouterRealiser } from '../routers/router-realiser';
import { NoRouterError, type Routers } from '../routers/routers';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import { isLeaving, type DesiredStore, type Touched } from './desired-store';
import type { LeaseHolders } from './lease-holders';
import type { Log } from './messages';
import { MissingPartError } from './missing-parts';
import { present, type Leg, type Outcomes, type Subject, type Task } from './outcomes';
import type { PeerRealiser } from './peer-realiser';
import type { Publisher } from './publisher';
import type { Removals, RemovalResult } from './removals';
import type { Retries } from './retries';
import type { Slice } from './slice';

/** What the realiser works with. */
export interface Parts {
  store: DesiredStore;
  touched: Touched;
  sandboxes: SandboxNamespaces;
  routers: Routers;
  routerRealiser: RouterRealiser;
  peers: PeerRealiser;
  publisher: Publisher;
  outcomes: Outcomes;
  removals: Removals;
  leases: LeaseHolders;
  retries: Retries;
  names: Names;
  namespaceIds: NamespaceIds;
  log: Log;
}

/** Makes the kernel what the desired state wants, for the objects of one slice: takes away, makes, and notes for the report how it went. */
export class Realiser {
  constructor(private readonly parts: Parts) {}

  run(slice: Slice): void {
    const { routerRealiser, peers } = this.parts;
    routerRealiser.realise(slice.routers.filter(isToStay(this.parts.removals)));
    this.#remove(slice);
    this.#realiseNetworks(slice.networks);
    peers.knowKeys(slice.keys.filter(({ deleted }) => !deleted));
    peers.reach(slice.peers);
    // After the entries that led to them.
    peers.forgetKeys(slice.keys.filter(({ deleted }) => deleted));
    this.#realisePolicies(slice.policies);
    this.#realiseSandboxes(slice);
    this.#join(slice);
    this.#publish(slice);
  }

  /** The reaper is done with a job. */
  afterReaping(results: RemovalResult[]): void {
    for (const result of results) this.#removed(result);
    // What has gone may have been in the way of others: an interface name, a default route.
    for (const id of this.parts.retries.failing('endpoint')) this.parts.touched.endpoints.add(id);
  }

  #remove(slice: Slice): void {
    const { routers, networks, ports } = slice;
    const { names, removals, store, publisher } = this.parts;
    const { leaving, sandboxes } = this.#withoutHolders(slice);
    const goingSandboxes = sandboxes.filter(({ deleted }) => deleted);
    const goingEndpoints = new Set([...leaving, ...goingSandboxes.flatMap(({ id }) => this.#endpointsOf(id))]);
    for (const { id } of goingEndpoints) names.endpointGone(id);
    for (const { id } of goingSandboxes) names.sandboxGone(id);
    const goingPorts = [
      ...ports.filter(({ deleted }) => deleted),
      ...[...goingEndpoints].flatMap(({ id }) => store.portsOfEndpoint(id).filter(({ deleted }) => !deleted)),
      ...networks.flatMap(({ id, deleted }) => (deleted ? store.relayedPorts(id).filter((port) => !port.deleted) : [])),
    ];
    publisher.unpublish(goingPorts);
    const wired = new Set([...goingEndpoints].filter((endpoint) => this.#isWired(endpoint)));
    this.#takeOffWire([...wired], leaving);
    const results = removals.begin([
      ...leaving.filter((endpoint) => !wired.has(endpoint)),
      ...goingSandboxes,
      ...networks.filter(({ deleted }) => deleted),
      // They go after the last of their networks.
      ...routers.filter(({ id, deleted }) => deleted && store.networksOfRouter(id).length === 0),
    ]);
    for (const result of results) this.#removed(result);
  }

  /** What is to go but for endpoints that give their lease back first, for which they need their interface, and their sandboxes: they are touched again when that is done. */
  #withoutHolders({ leaving, sandboxes }: Slice): Pick<Slice, 'leaving' | 'sandboxes'> {
    const { leases, names } = this.parts;
    const holds = (endpoint: DesiredEndpoint): boolean => {
      const isHolder = leases.release(endpoint);
      if (isHolder) names.endpointGone(endpoint.id);
      return isHolder;
    };
    return {
      leaving: leaving.filter((endpoint) => !holds(endpoint)),
      sandboxes: sandboxes.filter(({ id, deleted }) => !deleted || this.#endpointsOf(id).filter(holds).length === 0),
    };
  }

  #isWired({ networkId }: DesiredEndpoint): boolean {
    const network = this.parts.store.networks.get(networkId);
    return network !== undefined && isOnWire(network);
  }

  /** Endpoints straight on the wire have nothing on the host that leads to them: they are looked for in the sandbox that they were in, or in all. */
  #takeOffWire(endpoints: DesiredEndpoint[], leaving: DesiredEndpoint[]): void {
    const { store, routers, outcomes } = this.parts;
    const works = endpoints.flatMap((subject) =>
      outcomes.planned(subject, () => {
        const known = store.sandboxes.get(subject.sandboxId ?? store.lastSandboxOf(subject.id) ?? '');
        const sandboxes = known ? [known] : [...store.sandboxes.values()];
        const observed = routers.host.look((observer) => observer.leavingFromWire(subject, subject.networkId, sandboxes));
        return planRemoval({ subject, observed });
      }),
    );
    const failures = new Map(routers.host.apply(works).map((failure: Failure) => [failure.work, failure.error]));
    for (const work of works) if (leaving.includes(work.subject)) this.#removed({ subject: work.subject, error: failures.get(work) });
  }

  #endpointsOf(sandboxId: string): DesiredEndpoint[] {
    return this.parts.store.endpointsOfSandbox(sandboxId).flatMap((id) => present(this.parts.store.endpoints.get(id)));
  }

  #removed({ subject, error }: RemovalResult): void {
    const { names, routers, peers, outcomes, namespaceIds } = this.parts;
    const current = this.#current(subject);
    if (error !== undefined) {
      outcomes.failed({ subject, steps: [] }, error);
    } else if (current && !isWantedAgain(current)) {
      if (subject.kind === 'router') namespaceIds.forgetRouter(subject.id);
      if (subject.kind === 'endpoint') routers.removeMember(subject.id, subject.networkId);
      if (subject.kind === 'network') peers.lose(subject.id);
      if (subject.kind === 'network') names.networkGone(subject.id);
      outcomes.gone(current);
    } else if (current) {
      outcomes.touchAgain(current);
    }
  }

  #realiseNetworks(networks: DesiredNetwork[]): void {
    const { names, removals, outcomes, peers } = this.parts;
    const staying = networks.filter(isToStay(removals));
    for (const network of staying) names.network(network);
    outcomes.apply(
      staying.flatMap((network) =>
        outcomes.planned(network, (): Task<DesiredNetwork> => ({ subject: network, legs: this.#networkLegs(network) })),
      ),
    );
    peers.check(staying);
  }

  /** What its tunnels stand on is laid in the host's own namespace first, if it is in another one. */
  #networkLegs(network: DesiredNetwork): Leg[] {
    const { routers } = this.parts;
    const { host } = routers;
    const router = routers.at(network);
    const own = {
      router,
      steps: planNetwork(
        network,
        router.look((observer) => observer.network(network)),
      ).steps,
    };
    if (router === host) return [own];
    return [
      {
        router: host,
        steps: planUnderlay(
          network,
          host.look((observer) => observer.underlay(network)),
        ).steps,
      },
      own,
    ];
  }

  /** All of a router in one transaction; flows that are denied now are cut. */
  #realisePolicies(touched: DesiredPolicy[]): void {
    const { routers, outcomes } = this.parts;
    const groups = new Map<Router, DesiredPolicy[]>();
    for (const policy of touched) {
      const router = routers.ofPolicy(policy);
      if (router) groups.set(router, [...(groups.get(router) ?? []), policy]);
      else if (policy.deleted) outcomes.gone(policy);
      else outcomes.failed({ subject: policy, steps: [] }, new NoRouterError(this.#networkOf(policy)));
    }
    for (const [router, policies] of groups) this.#realisePoliciesOf(router, policies);
  }

  #networkOf({ networkId }: DesiredPolicy): Pick<DesiredNetwork, 'name' | 'routerId'> {
    return this.parts.store.networks.get(networkId) ?? { name: networkId, routerId: null };
  }

  #realisePoliciesOf(router: Router, touched: DesiredPolicy[]): void {
    const { outcomes, routers } = this.parts;
    const { policies } = router;
    try {
      // From before their network was known.
      if (router !== routers.host) for (const { id } of touched) routers.host.policies.removePolicy(id);
      for (const policy of touched)
        if (policy.deleted) policies.removePolicy(policy.id);
        else policies.upsertPolicy(policy);
      router.inside(() => {
        policies.commit();
        policies.cutDenied();
      });
    } catch (error) {
      for (const policy of touched) outcomes.failed({ subject: policy, steps: [] }, error);
      return;
    }
    for (const policy of touched)
      if (policy.deleted) outcomes.gone(policy);
      else outcomes.succeeded({ subject: policy, steps: [] });
  }

  #realiseSandboxes(slice: Slice): void {
    const { store, routers, sandboxes: namespaces, removals, outcomes } = this.parts;
    const { host } = routers;
    const sandboxes = new Map(slice.sandboxes.map((sandbox) => [sandbox.id as string, sandbox]));
    for (const id of slice.sandboxIdsWithChangedJoins) for (const sandbox of present(store.sandboxes.get(id))) sandboxes.set(id, sandbox);
    const tasks = [...sandboxes.values()].filter(isToStay(removals)).flatMap((sandbox) =>
      outcomes.planned(sandbox, () => {
        const { steps } = planSandbox(
          sandbox,
          host.look((observer) => observer.sandbox(sandbox)),
        );
        if (sandbox.namespace.type === 'adopted') namespaces.open(sandbox).close();
        if (steps.length > 0)
          for (const { endpoint } of store.joinsOfSandbox(sandbox.id))
            if (!slice.joining.some(({ id }) => id === endpoint.id)) slice.joining.push(endpoint);
        return { subject: sandbox, legs: [{ router: host, steps }] };
      }),
    );
    outcomes.apply(tasks);
  }

  #join({ joining, sandboxIdsWithChangedJoins }: Slice): void {
    const { store, routers, outcomes } = this.parts;
    const touchedIn = new Map<string, Set<string>>([...sandboxIdsWithChangedJoins].map((id) => [id, new Set<string>()]));
    const members = joining.flatMap((endpoint) =>
      outcomes.planned(endpoint, () => {
        const joined = store.joined(endpoint.id);
        if (!joined) throw new MissingPartError(endpoint, store);
        return { endpoint, joined, router: routers.at(joined.network) };
      }),
    );
    const groups = byRouter(members);
    for (const router of routers.takeUncommitted()) if (!groups.has(router)) groups.set(router, []);
    for (const [router, own] of groups) {
      if (!this.#admit(router, own)) continue;
      for (const { joined } of own)
        touchedIn.get(joined.sandbox.id)?.add(joined.endpoint.id) ?? touchedIn.set(joined.sandbox.id, new Set([joined.endpoint.id]));
    }
    const works: Work<DesiredEndpoint>[] = [];
    for (const [sandboxId, touched] of touchedIn) works.push(...this.#planJoins(sandboxId, touched));
    outcomes.apply(
      works.flatMap(({ subject, steps }) =>
        outcomes.planned(subject, (): Task<DesiredEndpoint> => ({ subject, legs: [{ router: this.#routerOf(subject), steps }] })),
      ),
    );
    this.#number(members);
  }

  /** Policies of endpoints stand before their links do. */
  #admit(router: Router, own: Member[]): boolean {
    try {
      for (const { joined } of own) router.policies.upsertMember(policyMember(joined));
      router.inside(() => router.policies.commit());
      return true;
    } catch (error) {
      for (const { endpoint } of own) this.parts.outcomes.failed({ subject: endpoint, steps: [] }, error);
      if (own.length === 0)
        this.parts.log('error', 'policies cannot be brought into force; the next change tries again', { error: messageOf(error) });
      return false;
    }
  }

  /** Throws NoRouterError. */
  #routerOf({ id, networkId }: DesiredEndpoint): Router {
    const { routers, store } = this.parts;
    return routers.at(store.networks.get(networkId) ?? { name: id, routerId: null });
  }

  /** Sandboxes behind routers are heard of by numbers alone, and so are others when somebody moves away what led to them. */
  #number(members: Member[]): void {
    const { routers, sandboxes, namespaceIds, log } = this.parts;
    const isToNumber = ({ router, joined: { network, sandbox } }: Member): boolean =>
      router !== routers.host || (sandbox.namespace.type === 'managed' && !isOnWire(network));
    for (const sandbox of new Set(members.filter(isToNumber).map(({ joined }) => joined.sandbox)))
      try {
        namespaceIds.numberSandbox(sandbox, sandboxes);
      } catch (error) {
        log('warn', 'changes in a sandbox will not be heard of', { id: sandbox.id, error: messageOf(error) });
      }
  }

  #planJoins(sandboxId: string, touched: Set<string>): Work<DesiredEndpoint>[] {
    const { store, removals, routers, sandboxes, outcomes, touched: waiting } = this.parts;
    // Endpoints whose turn comes in a later slice have no link yet that a default route could go by.
    const joins = store
      .joinsOfSandbox(sandboxId)
      .filter(({ endpoint: { id } }) => !removals.isUnderWay(id) && (touched.has(id) || !waiting.endpoints.has(id)));
    const sandbox = joins[0]?.sandbox;
    if (!sandbox) return [];
    try {
      const observed = observeJoins(routers, sandboxes, sandbox, joins, touched);
      const plan = planSandboxJoins({ sandbox, joins, touched, observed });
      for (const { subject, error } of plan.refused) outcomes.failed({ subject, steps: [] }, error);
      routers.host.apply([{ subject: sandbox, steps: plan.staleRoutes }]);
      return plan.joins;
    } catch (error) {
      for (const { endpoint } of joins.filter((joined: Joined) => touched.has(joined.endpoint.id)))
        outcomes.failed({ subject: endpoint, steps: [] }, error);
      return [];
    }
  }

  #publish({ ports, joining }: Slice): void {
    const { store, publisher } = this.parts;
    const wanted = new Map<string, DesiredPort>();
    for (const port of ports) if (!port.deleted) wanted.set(port.id, port);
    for (const { id } of joining) for (const port of store.portsOfEndpoint(id)) if (!port.deleted) wanted.set(port.id, port);
    publisher.publish([...wanted.values()]);
  }

  #current({ kind, id }: Subject): Subject | undefined {
    const { routers, networks, sandboxes, endpoints, peers, keys, ports, policies } = this.parts.store;
    return {
      router: routers,
      network: networks,
      sandbox: sandboxes,
      endpoint: endpoints,
      peer: peers,
      key: keys,
      port: ports,
      policy: policies,
    }[kind].get(id);
  }
}

/** An endpoint that is to be joined, with the router that its network is in. */
interface Member {
  endpoint: DesiredEndpoint;
  joined: Joined;
  router: Router;
}

function byRouter(members: Member[]): Map<Router, Member[]> {
  const groups = new Map<Router, Member[]>();
  for (const member of members) {
    const group = groups.get(member.router);
    if (group) group.push(member);
    else groups.set(member.router, [member]);
  }
  return groups;
}

const isWantedAgain = (subject: Subject): boolean => (subject.kind === 'endpoint' ? !isLeaving(subject) : !subject.deleted);
const isToStay =
  (removals: Removals) =>
  ({ id, deleted }: { id: string; deleted: boolean }): boolean =>
    !deleted && !removals.isUnderWay(id);
