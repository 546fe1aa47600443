import {
  underlayVersions,
  vethLinkName,
  wireguardLinkName,
  type DesiredEndpoint,
  type DesiredKey,
  type DesiredNetwork,
  type DesiredPeer,
  type DesiredPolicy,
  type DesiredPort,
  type DesiredSandbox,
  type EventReport,
  type UnderlayVersion,
  type ObjectReport,
} from '@netyard/contracts';
import { describeStep, objectKey, type Joined, type Remote, type RuleElementObject, type Step } from '@netyard/drivers';
import type { Applier, Failure } from '../apply/applier';
import type { HostKeys } from '../encryption/host-keys';
import { standingPeers } from '../encryption/peers';
import type { Firewall } from '../firewall/firewall';
import type { Names } from '../names/names';
import { isOnWire, type Observer } from '../observe/observe';
import type { Observed } from '../plan/difference';
import { peerObjects, planKey, planNetwork, planPeer, planPort, planRemoval, planSandbox, planSandboxJoins, type Work } from '../plan/plan';
import { peerMember, policyMember } from '../policies/member';
import type { Paths } from '../paths/paths';
import type { Policies } from '../policies/policies';
import { findListeners } from '../ports/listeners';
import { settleFlows } from '../ports/settle-flows';
import { messageOf, reportGone, reportOn } from '../report/conditions';
import type { Outbox } from '../report/outbox';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import type { DesiredStore, Touched } from './desired-store';
import { isLeaving } from './desired-store';
import type { LeaseHolders } from './lease-holders';
import type { Log } from './messages';
import type { Removals, RemovalResult } from './removals';
import type { Retries } from './retries';
import type { Slice } from './slice';

export type Subject = Work['subject'];

/** What the realiser works with. */
export interface Parts {
  store: DesiredStore;
  touched: Touched;
  sandboxes: SandboxNamespaces;
  firewall: Firewall;
  policies: Policies;
  paths: Paths;
  observer: Observer;
  applier: Applier;
  removals: Removals;
  leases: LeaseHolders;
  retries: Retries;
  names: Names;
  keys: HostKeys;
  /** The host's own keys have changed, and others are to hear of it. */
  onNewKeys(): void;
  outbox: Outbox;
  log: Log;
}

/** Makes the kernel what the desired state wants, for the objects of one slice: takes away, makes, and notes for the report how it went. */
export class Realiser {
  constructor(private readonly parts: Parts) {}

  run(slice: Slice): void {
    this.#remove(slice);
    this.#realiseNetworks(slice.networks);
    this.#knowKeys(slice.keys.filter(({ deleted }) => !deleted));
    this.#reachPeers(slice.peers);
    // After the entries that led to them.
    this.#forgetKeys(slice.keys.filter(({ deleted }) => deleted));
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
    const { networks, ports } = slice;
    const { names, removals, store } = this.parts;
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
    this.#unpublish(goingPorts);
    const wired = new Set([...goingEndpoints].filter((endpoint) => this.#isWired(endpoint)));
    this.#takeOffWire([...wired], leaving);
    const subjects: (DesiredNetwork | DesiredSandbox | DesiredEndpoint)[] = [
      ...leaving.filter((endpoint) => !wired.has(endpoint)),
      ...goingSandboxes,
      ...networks.filter(({ deleted }) => deleted),
    ];
    for (const result of removals.begin(subjects)) this.#removed(result);
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
    const { store, observer, applier } = this.parts;
    const works = endpoints.flatMap((subject) =>
      this.#planned(subject, () => {
        const known = store.sandboxes.get(subject.sandboxId ?? store.lastSandboxOf(subject.id) ?? '');
        const sandboxes = known ? [known] : [...store.sandboxes.values()];
        return planRemoval({ subject, observed: observer.leavingFromWire(subject, subject.networkId, sandboxes) });
      }),
    );
    const failures = new Map(applier.apply(works).map((failure: Failure) => [failure.work, failure.error]));
    for (const work of works) if (leaving.includes(work.subject)) this.#removed({ subject: work.subject, error: failures.get(work) });
  }

  #endpointsOf(sandboxId: string): DesiredEndpoint[] {
    return this.parts.store.endpointsOfSandbox(sandboxId).flatMap((id) => present(this.parts.store.endpoints.get(id)));
  }

  #removed({ subject, error }: RemovalResult): void {
    const { names, policies } = this.parts;
    const current = this.#current(subject);
    if (error !== undefined) {
      this.#failed({ subject, steps: [] }, error);
    } else if (current && !isWantedAgain(current)) {
      if (subject.kind === 'endpoint') policies.removeMember(subject.id);
      if (subject.kind === 'network') this.#losePeers(subject.id);
      if (subject.kind === 'network') names.networkGone(subject.id);
      this.#gone(current);
    } else if (current) {
      this.#touchAgain(current);
    }
  }

  #gone(subject: Subject): void {
    const { outbox, store, retries } = this.parts;
    outbox.gone(reportGone(subject), store.forgotten.has(subject.id));
    store.drop(subject.id);
    retries.succeeded(subject.id);
  }

  #touchAgain({ kind, id }: Subject): void {
    const { touched } = this.parts;
    switch (kind) {
      case 'network':
        touched.networks.add(id);
        break;
      case 'sandbox':
        touched.sandboxes.add(id);
        break;
      case 'endpoint':
        touched.endpoints.add(id);
        break;
      case 'peer':
        touched.peers.add(id);
        break;
      case 'key':
        touched.keys.add(id);
        break;
      case 'port':
        touched.ports.add(id);
        break;
      case 'policy':
        touched.policies.add(id);
        break;
    }
  }

  #realiseNetworks(networks: DesiredNetwork[]): void {
    const staying = networks.filter(isToStay(this.parts.removals));
    for (const network of staying) this.parts.names.network(network);
    this.#applyAndReport(
      staying.flatMap((network) => this.#planned(network, () => planNetwork(network, this.parts.observer.network(network)))),
    );
    for (const network of staying) if (network.tunnel) this.#checkEntries(network);
    for (const version of underlayVersions)
      if (staying.some(({ tunnel }) => tunnel?.encryption?.underlay === version)) this.#checkKeys(version);
  }

  #keysOf(version: UnderlayVersion): DesiredKey[] {
    return [...this.parts.store.keys.values()].filter(({ underlay, deleted }) => underlay === version && !deleted);
  }

  /** Compares what a WireGuard link knows of others with what it is to know, and does what is asked of the host's own keys. */
  #checkKeys(version: UnderlayVersion): void {
    const { store, observer, applier, touched } = this.parts;
    const keys = this.#keysOf(version);
    const others = keys.filter(({ own }) => own === null);
    for (const { id } of others) touched.keys.delete(id);
    const link = wireguardLinkName(version);
    const device = observer.wireguardDevice(link);
    const observed = device ? standingPeers(link, device, others, Date.now()) : new Map<string, never>();
    const works = others.map((key) => {
      const work = planKey(key, new Map());
      const own: Observed = new Map();
      for (const { object } of work.steps) {
        const standing = observed.get(objectKey(object));
        if (standing) own.set(objectKey(object), standing);
        observed.delete(objectKey(object));
      }
      return planKey(key, own);
    });
    this.#applyAndReport(works);
    this.#obeyOrders(keys);
    const [first] = keys;
    if (!store.inSync || !first) return;
    const strays = [...observed.values()].map(({ object }): Step => ({ verb: 'remove', object }));
    const [failure] = applier.apply([{ subject: first, steps: strays }]);
    if (failure) this.parts.log('error', 'keys of nobody could not be removed', { link, error: messageOf(failure.error) });
  }

  /** Keys that have changed are written without a look at what stands: writing them again changes nothing. */
  #knowKeys(keys: DesiredKey[]): void {
    this.#applyAndReport(
      keys.filter(({ own }) => own === null).map((key) => planKey(key, new Map())),
      false,
    );
    this.#obeyOrders(keys);
  }

  /** A key counts as used when the WireGuard link has it, or there is none. */
  #obeyOrders(keys: DesiredKey[]): void {
    const { observer, keys: hostKeys, onNewKeys } = this.parts;
    const isInForce = ({ underlay, publicKey }: DesiredKey): boolean =>
      (observer.wireguardDevice(wireguardLinkName(underlay))?.publicKey ?? publicKey) === publicKey;
    const changed = keys.filter((key) => hostKeys.obey(key, () => isInForce(key)));
    if (changed.length > 0) onNewKeys();
  }

  #forgetKeys(keys: DesiredKey[]): void {
    if (keys.length === 0) return;
    const { applier, store, retries, outbox, log } = this.parts;
    const works = keys.map((key): Work => ({
      subject: key,
      steps: planKey(key, new Map()).steps.map(({ object }) => ({ verb: 'remove', object })),
    }));
    for (const { error } of applier.apply(works)) log('error', 'a key could not be removed', { error: messageOf(error) });
    for (const { id } of keys) {
      retries.succeeded(id);
      outbox.forget(id);
      store.drop(id);
    }
  }

  /** Compares all entries of a network's tunnel with its peers: those that are missing or wrong are made again, others belong to nobody and go, but for those of a routing daemon. */
  #checkEntries(network: DesiredNetwork): void {
    const { store, observer, applier, touched } = this.parts;
    const peers = store.peersOfNetwork(network.id).filter(({ deleted }) => !deleted);
    const entries = observer.entries(network);
    const wanted = new Set<string>();
    const works = peers.map((peer) => {
      const own: Observed = new Map();
      for (const object of peerObjects(peer, network)) {
        const key = objectKey(object);
        const standing = entries.get(key);
        if (standing) own.set(key, standing);
        wanted.add(key);
      }
      return planPeer(peer, network, own);
    });
    for (const { subject } of works) touched.peers.delete(subject.id);
    this.#applyAndReport(works);
    if (!store.inSync) return;
    const strays = [...entries]
      .filter(([key, { isOthers }]) => !wanted.has(key) && !isOthers)
      .map(([, { object }]): Step => ({ verb: 'remove', object }));
    const [failure] = applier.apply([{ subject: network, steps: strays }]);
    if (failure) this.parts.log('error', 'entries of nobody could not be removed', { id: network.id, error: messageOf(failure.error) });
  }

  #losePeers(networkId: string): void {
    for (const { id } of this.parts.store.peersOfNetwork(networkId)) this.#losePeer(id);
  }

  /** Nobody on this host knows the peer any more, unless it is an endpoint of this host now. */
  #losePeer(id: DesiredPeer['id']): void {
    const { store, names, policies, retries, outbox } = this.parts;
    retries.succeeded(id);
    if (store.endpoints.has(id)) return;
    names.peerGone(id);
    policies.removeMember(id);
    outbox.forget(id);
  }

  /** What has changed of peers. Their entries are written without a look at what stands: writing them again changes nothing. */
  #reachPeers(peers: DesiredPeer[]): void {
    if (peers.length === 0) return;
    const { store, applier, policies } = this.parts;
    const going = peers.filter(({ deleted }) => deleted);
    this.#unpublish(
      going.flatMap(({ id }) => (store.endpoints.has(id) ? [] : store.portsOfEndpoint(id).filter(({ deleted }) => !deleted))),
    );
    const removals = going.flatMap((peer): Work[] => {
      const network = store.networks.get(peer.networkId);
      const steps = network ? peerObjects(peer, network).map((object): Step => ({ verb: 'remove', object })) : [];
      return [{ subject: peer, steps }];
    });
    for (const { error } of applier.apply(removals)) this.parts.log('error', 'a peer could not be removed', { error: messageOf(error) });
    for (const { id } of going) {
      this.#losePeer(id);
      store.dropPeer(id);
    }
    const staying = peers.filter(({ deleted }) => !deleted);
    const works = staying.flatMap((peer) =>
      this.#planned(peer, () => {
        const network = store.networks.get(peer.networkId);
        if (!network || network.deleted) throw new NoNetworkError(peer);
        if (network.tunnel?.encryption && !this.#hasKey(peer)) throw new NoKeyError(peer, network);
        if (peer.names.length > 0) policies.upsertMember(peerMember(peer, network));
        return planPeer(peer, network, new Map());
      }),
    );
    try {
      policies.commit();
    } catch (error) {
      for (const peer of staying) this.#failed({ subject: peer, steps: [] }, error);
      return;
    }
    this.#applyAndReport(works, false);
  }

  /** Without it what is sent to the peer would be lost. */
  #hasKey({ tunnelAddress }: DesiredPeer): boolean {
    const { store, retries } = this.parts;
    const key = store.keyOf(tunnelAddress ?? '');
    return key !== undefined && !retries.isFailing(key.id);
  }

  /** All in one transaction; flows that are denied now are cut. */
  #realisePolicies(touched: DesiredPolicy[]): void {
    const { policies } = this.parts;
    if (touched.length === 0) return;
    try {
      for (const policy of touched)
        if (policy.deleted) policies.removePolicy(policy.id);
        else policies.upsertPolicy(policy);
      policies.commit();
      policies.cutDenied();
    } catch (error) {
      for (const policy of touched) this.#failed({ subject: policy, steps: [] }, error);
      return;
    }
    for (const policy of touched)
      if (policy.deleted) this.#gone(policy);
      else this.#succeeded({ subject: policy, steps: [] });
  }

  #realiseSandboxes(slice: Slice): void {
    const { store, observer, sandboxes: namespaces, removals } = this.parts;
    const sandboxes = new Map(slice.sandboxes.map((sandbox) => [sandbox.id as string, sandbox]));
    for (const id of slice.sandboxIdsWithChangedJoins) for (const sandbox of present(store.sandboxes.get(id))) sandboxes.set(id, sandbox);
    const works = [...sandboxes.values()].filter(isToStay(removals)).flatMap((sandbox) =>
      this.#planned(sandbox, () => {
        const work = planSandbox(sandbox, observer.sandbox(sandbox));
        if (sandbox.namespace.type === 'adopted') namespaces.open(sandbox).close();
        if (work.steps.length > 0)
          for (const { endpoint } of store.joinsOfSandbox(sandbox.id))
            if (!slice.joining.some(({ id }) => id === endpoint.id)) slice.joining.push(endpoint);
        return work;
      }),
    );
    this.#applyAndReport(works);
  }

  #join({ joining, sandboxIdsWithChangedJoins }: Slice): void {
    const { store, policies } = this.parts;
    const touchedIn = new Map<string, Set<string>>([...sandboxIdsWithChangedJoins].map((id) => [id, new Set<string>()]));
    for (const endpoint of joining) {
      const joined = store.joined(endpoint.id);
      if (!joined) {
        this.#failed({ subject: endpoint, steps: [] }, new MissingPartError(endpoint, store));
        continue;
      }
      touchedIn.get(joined.sandbox.id)?.add(endpoint.id) ?? touchedIn.set(joined.sandbox.id, new Set([endpoint.id]));
      // Its policies stand before its link does.
      policies.upsertMember(policyMember(joined));
    }
    try {
      policies.commit();
    } catch (error) {
      for (const endpoint of joining) this.#failed({ subject: endpoint, steps: [] }, error);
      return;
    }
    const works: Work[] = [];
    for (const [sandboxId, touched] of touchedIn) works.push(...this.#planJoins(sandboxId, touched));
    this.#applyAndReport(works);
  }

  #planJoins(sandboxId: string, touched: Set<string>): Work[] {
    const { store, removals, observer, applier, touched: waiting } = this.parts;
    // Endpoints whose turn comes in a later slice have no link yet that a default route could go by.
    const joins = store
      .joinsOfSandbox(sandboxId)
      .filter(({ endpoint: { id } }) => !removals.isUnderWay(id) && (touched.has(id) || !waiting.endpoints.has(id)));
    const sandbox = joins[0]?.sandbox;
    if (!sandbox) return [];
    try {
      const observed = observer.joins(sandbox, joins, touched);
      const plan = planSandboxJoins({ sandbox, joins, touched, observed });
      for (const { subject, error } of plan.refused) this.#failed({ subject, steps: [] }, error);
      applier.apply([{ subject: sandbox, steps: plan.staleRoutes }]);
      return plan.joins;
    } catch (error) {
      for (const { endpoint } of joins.filter((joined: Joined) => touched.has(joined.endpoint.id)))
        this.#failed({ subject: endpoint, steps: [] }, error);
      return [];
    }
  }

  /** Ports of endpoints that stand, but for those that another process of the host listens on. */
  #publish({ ports, joining }: Slice): void {
    const { store, observer, firewall } = this.parts;
    const wanted = new Map(ports.filter(({ deleted }) => !deleted).map((port) => [port.id as string, port]));
    for (const { id } of joining) for (const port of store.portsOfEndpoint(id)) if (!port.deleted) wanted.set(port.id, port);
    if (wanted.size === 0) return;
    const before = [...wanted.keys()].flatMap((id) => firewall.elementsOf(id));
    const listeners = findListeners([...wanted.values()]);
    const works = [...wanted.values()].flatMap((port) =>
      this.#planned(port, () => {
        const published = store.joined(port.endpointId) ?? this.#remote(port);
        if (!published) throw new NotJoinedError(port, store);
        const listener = listeners.get(port.id);
        if (listener) {
          this.#unpublish([port]);
          throw listener;
        }
        return planPort(port, published, observer.port(port, published));
      }),
    );
    this.#applyAndReport(works);
    this.#settleFlows(
      before,
      works.flatMap(({ steps }) => steps),
    );
  }

  /** The endpoint on another host that a port leads to. Throws NoWayError while the network does not stand here. */
  #remote(port: DesiredPort): Remote | undefined {
    const { store, retries, removals } = this.parts;
    const remote = store.remote(port.endpointId);
    if (remote && (retries.isFailing(remote.network.id) || removals.isUnderWay(remote.network.id))) throw new NoWayError(remote);
    return remote;
  }

  /** What is connected follows the ports. That it could not be told so is no failure of the ports. */
  #settleFlows(before: RuleElementObject[], steps: Step[]): void {
    try {
      settleFlows(this.parts.firewall, before, steps);
    } catch (error) {
      this.parts.log('error', 'connections by ports that have changed may go on', { error: messageOf(error) });
    }
  }

  /** Takes ports away; those that are to go for good are reported. */
  #unpublish(ports: DesiredPort[]): void {
    if (ports.length === 0) return;
    const { firewall } = this.parts;
    const elements = ports.flatMap(({ id }) => firewall.elementsOf(id));
    const steps = elements.map((object): Step => ({ verb: 'remove', object }));
    try {
      firewall.apply(steps);
    } catch (error) {
      for (const port of ports) this.#failed({ subject: port, steps: [] }, error);
      return;
    }
    this.#settleFlows(elements, steps);
    for (const port of ports)
      if (port.deleted) this.#gone(port);
      // When it is published again, that is no repair.
      else this.parts.outbox.forget(port.id);
    this.#renameOwners(ports);
  }

  /** SRV records follow the ports. */
  #renameOwners(ports: DesiredPort[]): void {
    for (const id of new Set(ports.map(({ endpointId }) => endpointId)))
      for (const joined of present(this.parts.store.joined(id))) this.parts.names.endpoint(joined);
  }

  /** Runs a plan of one object; if the kernel cannot even be read, the object has failed. */
  #planned<S extends Subject>(subject: S, plan: () => Work<S>): Work<S>[] {
    try {
      return [plan()];
    } catch (error) {
      this.#failed({ subject, steps: [] }, error);
      return [];
    }
  }

  /** `isCompared`: what was done was missing before, so that doing it again repairs drift. */
  #applyAndReport(works: Work[], isCompared = true): void {
    const failures = new Map(this.parts.applier.apply(works).map((failure: Failure) => [failure.work, failure.error]));
    for (const work of works) {
      const error = failures.get(work);
      if (error !== undefined) this.#failed(work, error);
      else this.#succeeded(work, isCompared);
    }
  }

  #succeeded({ subject, steps }: Work, isCompared = true): void {
    const { retries, outbox, store, leases } = this.parts;
    const wasFailing = retries.isFailing(subject.id);
    if (subject.kind === 'endpoint') for (const joined of present(store.joined(subject.id))) leases.want(joined);
    const report = this.#reportOn(subject);
    if (isCompared && steps.length > 0 && outbox.isRepetition(report)) {
      const message = `was not as it should be: ${steps.map(describeStep).join('; ')}`;
      this.#tellDrift(subject, message);
    }
    retries.succeeded(subject.id);
    this.#name(subject);
    if (subject.kind === 'key') for (const id of retries.failing('peer')) this.parts.touched.peers.add(id);
    if (wasFailing) this.#touchWaiting(subject);
    outbox.report(report, store.forgotten.has(subject.id));
  }

  /** What stands is called what it is to be called. */
  #name(subject: Subject): void {
    const { names, store } = this.parts;
    if (subject.kind === 'sandbox') names.sandbox(subject);
    if (subject.kind === 'port') this.#renameOwners([subject]);
    if (subject.kind === 'peer') names.peer(subject);
    if (subject.kind !== 'endpoint') return;
    for (const joined of present(store.joined(subject.id))) {
      names.endpoint(joined);
      names.sandbox(joined.sandbox);
    }
  }

  /** What waited for an object that failed before is there now. */
  #touchWaiting({ kind, id }: Subject): void {
    const { retries, store, touched } = this.parts;
    if (kind === 'network') for (const peer of store.peersOfNetwork(id)) touched.peers.add(peer.id);
    if (kind === 'network') for (const keyId of retries.failing('key')) touched.keys.add(keyId);
    if (kind === 'network') for (const port of store.relayedPorts(id)) touched.ports.add(port.id);
    if (kind === 'endpoint') for (const port of store.portsOfEndpoint(id)) touched.ports.add(port.id);
    if (kind !== 'network' && kind !== 'sandbox') return;
    if (kind === 'sandbox') for (const endpointId of store.endpointsOfSandbox(id)) touched.endpoints.add(endpointId);
    for (const endpointId of retries.failing('endpoint')) {
      const endpoint = store.endpoints.get(endpointId);
      if (endpoint?.networkId === id || endpoint?.sandboxId === id) touched.endpoints.add(endpointId);
    }
  }

  #failed({ subject, steps }: Work, error: unknown): void {
    const { retries, log, outbox, store, names } = this.parts;
    retries.failed(subject);
    if (subject.kind === 'endpoint') names.endpointGone(subject.id);
    log('error', `${subject.kind} ${subject.name} failed`, {
      kind: subject.kind,
      id: subject.id,
      error: messageOf(error),
      steps: steps.map(describeStep),
    });
    outbox.report(this.#reportOn(subject, error), store.forgotten.has(subject.id));
  }

  /** How it stands, and of networks with tunnels also what the underlay does for them. */
  #reportOn(subject: Subject, error?: unknown): ObjectReport {
    const report = this.parts.leases.complete(reportOn(subject, error));
    const underlay = subject.kind === 'network' ? this.parts.paths.conditionOf(subject) : undefined;
    return underlay ? { ...report, conditions: [...report.conditions, underlay] } : report;
  }

  #tellDrift(subject: Subject, message: string): void {
    const { kind, id } = this.#concernedBy(subject);
    if (id !== '') this.parts.outbox.event({ kind, id, type: 'Warning', reason: 'DriftRepaired', message: message.slice(0, messageLimit) });
    this.parts.log('warn', message, { kind, id, reason: 'DriftRepaired' });
  }

  /** Of peers the network is told: on this host they are entries of it. Keys are the host's. */
  #concernedBy(subject: Subject): Pick<EventReport, 'kind' | 'id'> {
    if (subject.kind === 'peer') return { kind: 'network', id: subject.networkId };
    return subject.kind === 'key' ? { kind: 'host', id: this.parts.store.hostId } : subject;
  }

  #current({ kind, id }: Subject): Subject | undefined {
    const { networks, sandboxes, endpoints, peers, keys, ports, policies } = this.parts.store;
    return { network: networks, sandbox: sandboxes, endpoint: endpoints, peer: peers, key: keys, port: ports, policy: policies }[kind].get(
      id,
    );
  }
}

/** Characters of an event. */
export const messageLimit = 4_000;

/** An endpoint cannot be joined because its network or sandbox is not wanted here. */
class MissingPartError extends Error {
  override readonly name = 'MissingPart';

  constructor(endpoint: DesiredEndpoint, store: DesiredStore) {
    const network = store.networks.get(endpoint.networkId);
    const missing = !network || network.deleted ? `network ${network?.name ?? endpoint.networkId}` : `sandbox ${endpoint.sandboxId}`;
    super(`${missing} is not on this host, or is being deleted`);
  }
}

/** A peer waits for its network. */
class NoNetworkError extends Error {
  override readonly name = 'MissingPart';

  constructor({ name, networkId }: DesiredPeer) {
    super(`network ${networkId} of peer ${name} is not on this host, or is being deleted`);
  }
}

/** A peer waits for the key of its host. */
class NoKeyError extends Error {
  override readonly name = 'MissingPart';

  constructor({ name, tunnelAddress }: DesiredPeer, network: DesiredNetwork) {
    super(
      `peer ${name} of the encrypted network ${network.name} is reached at ${tunnelAddress}, and the key of its host is not known here (yet)`,
    );
  }
}

/** A port waits for the network by which it leads to another host. */
class NoWayError extends Error {
  override readonly name = 'MissingPart';

  constructor({ network, peer }: Remote) {
    super(`network ${network.name}, by which endpoint ${peer.name} is reached, does not stand on this host`);
  }
}

/** A port waits for its endpoint. */
class NotJoinedError extends Error {
  override readonly name = 'NotJoined';

  constructor({ endpointId }: DesiredPort, store: DesiredStore) {
    const name = store.endpoints.get(endpointId)?.name ?? endpointId;
    super(`endpoint ${name} (${vethLinkName(endpointId)}) is not joined on this host`);
  }
}

export const present = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
const isWantedAgain = (subject: Subject): boolean => (subject.kind === 'endpoint' ? !isLeaving(subject) : !subject.deleted);
const isToStay =
  (removals: Removals) =>
  ({ id, deleted }: DesiredNetwork | DesiredSandbox): boolean =>
    !deleted && !removals.isUnderWay(id);
