import {
  routerUplinkName,
  underlayVersions,
  wireguardLinkName,
  type Desired,
  type DesiredInquiry,
  type DesiredNetwork,
  type DesiredProbe,
  type EndpointId,
  type EventReport,
  type FeedMessage,
  type ObjectReport,
  type RouterId,
} from '@netyard/contracts';
import type { Joined } from '@netyard/drivers';
import { getLink, kernelFeatures, RouteSocket, WireguardSocket } from '@netyard/netlink';
import { WireguardSettings } from '../apply/wireguard';
import { hostCounters, interfaceCounters, type ReadCounters } from '../counters/endpoint-counters';
import { observeTunnels } from '../counters/tunnel-counters';
import type { DriftMessage, RouterDrift, ToDrift } from '../drift/messages';
import { NamespaceIds } from '../drift/namespace-ids';
import { HostKeys } from '../encryption/host-keys';
import { KeyFile } from '../encryption/key-file';
import { NftContexts } from '../firewall/nft-contexts';
import { observeStack } from '../inspection/sandbox-stack';
import { Names } from '../names/names';
import { isOnWire } from '../observe/sublinks';
import type { ToPaths } from '../paths/messages';
import { Paths, type NetworkChange } from '../paths/paths';
import { beginPolicies } from '../policies/begin-policies';
import { namesFailed } from '../report/conditions';
import { Outbox } from '../report/outbox';
import type { FromResolver, ToResolver } from '../resolver/messages';
import type { Router } from '../routers/router';
import { RouterNamespaces } from '../routers/router-namespaces';
import { RouterRealiser } from '../routers/router-realiser';
import { Routers } from '../routers/routers';
import { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import { DesiredStore, Touched } from './desired-store';
import { HostFactsReport, observeHostFacts } from './host-facts';
import { Inquiries } from './inquiries';
import { LeaseHolders } from './lease-holders';
import type { FromOperations, LogLevel, OperationsConfig, ReapLink, ToOperations } from './messages';
import { findOrphans, orphanEvents, orphanNamespaces, removeOrphans, type Orphans } from './orphans';
import { messageLimit, Outcomes, present } from './outcomes';
import { PeerRealiser } from './peer-realiser';
import { Publisher } from './publisher';
import { Realiser } from './realiser';
import { Removals } from './removals';
import { Retries } from './retries';
import { takeSlice } from './slice';
import { Unchecked } from './unchecked';

/** Objects that one slice of a full round looks at, so that changes need not wait for its end. */
const objectsInFullSlice = 50;
/** As many are looked at while there are changes to make: what others did to them is not to wait for a quiet moment. */
const objectsInBusySlice = 5;
/** Each so many full rounds everything is told anew. */
const roundsBetweenFullReports = 10;

/** What operations speak to: the worker's main thread, and the threads that work for it. */
export interface Outlets {
  emit(message: FromOperations): void;
  /** Answered by `handle({ type: 'reaped' })`. */
  reap(jobId: number, links: ReapLink[]): void;
  /** Changes are answered by `handle({ type: 'in-force' })`. */
  resolve(message: ToResolver): void;
  /** Answered by `handle({ type: 'measured' })`, again and again. */
  measure(message: ToPaths): void;
  /** Heard by who listens to the kernel. */
  watch(message: ToDrift): void;
}

/**
 * Keeps one host as the desired state wants it: observe, plan, apply, report, for changes, restarts, retries and drift alike. All kernel work is synchronous
 * on the thread that makes it, which has to be in the host's namespace already (`enterHome`).
 */
export class Operations {
  readonly #store = new DesiredStore();
  readonly #socket = RouteSocket.open();
  readonly #wireguard = WireguardSocket.open();
  readonly #sandboxes: SandboxNamespaces;
  readonly #namespaces: RouterNamespaces;
  readonly #namespaceIds: NamespaceIds;
  readonly #routers: Routers;
  readonly #removals: Removals;
  readonly #retries = new Retries(() => performance.now());
  readonly #names: Names;
  readonly #keys: HostKeys;
  readonly #outbox: Outbox;
  readonly #realiser: Realiser;
  readonly #inquiries: Inquiries;
  readonly #leases: LeaseHolders;
  readonly #paths: Paths;

  /** What changes ask for, and what is to be looked at though nobody asked: in a full round, or because the kernel told of changes. */
  readonly #touched = new Touched();
  readonly #unchecked = new Unchecked();
  /** Routers that are to be looked through once they stand. */
  readonly #unsearched = new Set<string>();
  #questions: (DesiredProbe | DesiredInquiry)[] = [];
  #fullRounds = 0;
  readonly #facts: HostFactsReport;
  /** What a kernel can do does not change while it runs. */
  readonly #features = kernelFeatures();
  #slice: NodeJS.Immediate | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #fullRoundTimer: NodeJS.Timeout | undefined;
  #orphansDue = false;
  /** Whether links in sandboxes have been looked through: only those of an earlier worker can belong to nobody. */
  #hasSearchedSandboxes = false;

  constructor(
    private readonly config: OperationsConfig,
    private readonly outlets: Outlets,
  ) {
    const store = this.#store;
    const log = this.#log.bind(this);
    const sandboxes = (this.#sandboxes = new SandboxNamespaces(config.netnsDirectory, config.hostName));
    const namespaces = (this.#namespaces = new RouterNamespaces(config.netnsDirectory, config.hostName));
    const keys = (this.#keys = this.#openKeys());
    const wireguard = new WireguardSettings(this.#wireguard, (publicKey) => keys.privateKeyOf(publicKey));
    const routers = (this.#routers = new Routers(
      {
        underlay: this.#socket,
        sandboxes,
        namespaces,
        wireguard,
        wireguardSocket: this.#wireguard,
        contexts: new NftContexts(),
        sandboxById: (id) => store.sandboxes.get(id),
        maxFlows: config.maxFlows,
      },
      store,
    ));
    const resolve = (message: ToResolver): void => outlets.resolve(message);
    const paths = (this.#paths = new Paths(
      config.hostName,
      store,
      config.pathIntervalMs > 0,
      (message) => outlets.measure(message),
      (changes) => this.#takePathChanges(changes),
    ));
    const outbox = (this.#outbox = new Outbox((message) => outlets.emit(message)));
    const names = (this.#names = new Names(store, (sandbox) => sandboxes.pathOf(sandbox), config.netnsEtcDirectory, resolve));
    const removals = (this.#removals = new Removals(store, routers, namespaces, sandboxes, (jobId, links) => outlets.reap(jobId, links)));
    const leases = (this.#leases = new LeaseHolders(
      store,
      (joined) => routers.host.look((observer) => observer.interfaceOf(joined)),
      (message) => outlets.emit(message),
    ));
    const namespaceIds = (this.#namespaceIds = new NamespaceIds(this.#socket, store, (nsids) => outlets.watch({ type: 'routers', nsids })));
    const retries = this.#retries;
    const touched = this.#touched;
    const outcomes = new Outcomes({ store, touched, paths, leases, retries, names, outbox, log });
    const publisher = new Publisher(store, routers, outcomes, removals, retries, outbox, log);
    const onNewKeys = (): void => this.#observeFacts();
    this.#realiser = new Realiser({
      store,
      touched,
      sandboxes,
      routers,
      routerRealiser: new RouterRealiser({ store, touched, routers, namespaces, namespaceIds, outcomes, retries, log }),
      peers: new PeerRealiser({ store, touched, routers, outcomes, publisher, retries, names, keys, onNewKeys, outbox, log }),
      publisher,
      outcomes,
      removals,
      leases,
      retries,
      names,
      namespaceIds,
      log,
    });
    this.#inquiries = new Inquiries(
      store,
      (joined) => this.#countersOf(joined),
      routers,
      () => observeTunnels(routers, store, paths),
      (id) => observeStack(sandboxes, store, id),
      resolve,
      (report) => {
        outbox.answer(report);
        this.#schedule();
      },
    );
    this.#facts = new HostFactsReport(
      () => observeHostFacts(this.#socket, { features: this.#features, underlay: config.underlay, keys: keys.published() }),
      () => paths.facts,
      (facts) => outlets.emit({ type: 'facts', facts }),
    );
    this.#observeFacts();
    this.#fullRoundTimer = setInterval(() => {
      if (++this.#fullRounds % roundsBetweenFullReports === 0) this.#tellAnew();
      this.checkEverything();
    }, config.fullRoundIntervalMs);
  }

  /** Takes a message in; the work for it begins in the next turn of the event loop, so that messages which arrive together are one batch. */
  handle(message: ToOperations): void {
    switch (message.type) {
      case 'feed':
        for (const part of message.messages) {
          const wasInSync = this.#store.inSync;
          if (part.type === 'snapshot') this.#tellAnew();
          const question = this.#store.take(part, this.#touched);
          if (question && !question.deleted) this.#questions.push(question);
          if (isOfPaths(part)) this.#paths.reconsider();
          if (!wasInSync && this.#store.inSync) {
            for (const router of this.#routers.all) beginPolicies(router, this.#store, (...line) => this.#log(...line));
            this.checkEverything();
          }
        }
        break;
      case 'reaped':
        this.#realiser.afterReaping(this.#removals.reaped(message.jobId, message.failures));
        break;
      case 'in-force':
        this.#namesInForce(message);
        break;
      case 'inspected':
        this.#inquiries.inspected(message.id, message.state);
        break;
      case 'repaired':
        this.#tell('sandbox', message.sandboxId, 'Warning', 'DriftRepaired', message.message);
        break;
      case 'drift':
        this.#checkDrift(message);
        break;
      case 'lease':
      case 'lease-released':
        this.#touchHolder(this.#leases.take(message));
        break;
      case 'measured':
        this.#paths.take(message.paths);
        return;
      case 'unmeasurable':
        this.#log('warn', 'the underlay cannot be measured; networks do not depend on it', { error: message.reason });
        return;
      case 'stop':
        this.#stop();
        return;
    }
    this.#schedule();
  }

  /** Something is known of an endpoint's lease, for which its removal, or that of its sandbox, may have waited. */
  #touchHolder(id: EndpointId): void {
    const endpoint = this.#store.endpoints.get(id);
    if (!endpoint) return;
    this.#touched.endpoints.add(id);
    const sandboxId = endpoint.sandboxId ?? this.#store.lastSandboxOf(id);
    if (sandboxId !== undefined) this.#touched.sandboxes.add(sandboxId);
  }

  #openKeys(): HostKeys {
    const { stateDirectory, hostName, wireguardPort, keyLifetimeMs } = this.config;
    return new HostKeys({
      versions: this.#features.includes('wireguard') ? underlayVersions : [],
      file: stateDirectory === null ? null : new KeyFile(stateDirectory, hostName),
      port: wireguardPort,
      lifetimeMs: keyLifetimeMs,
      now: () => new Date(),
      standingKey: (underlay) => this.#wireguard.get(wireguardLinkName(underlay))?.privateKey ?? '',
      log: (level, message, fields) => this.#log(level, message, fields),
    });
  }

  /** Begins a full round: everything is compared with the kernel, drift is repaired, and orphans are removed once in sync. */
  checkEverything(): void {
    this.#checkFirewall(this.#routers.host, false);
    this.#keys.beginDue();
    this.#observeFacts();
    for (const id of this.#store.routers.keys()) this.#unchecked.add('router', id, true);
    for (const id of this.#store.networks.keys()) this.#unchecked.add('network', id);
    for (const id of this.#store.sandboxes.keys()) this.#unchecked.add('sandbox', id, true);
    this.#orphansDue = this.#store.inSync;
    this.#schedule();
  }

  #checkFirewall(router: Router, thorough: boolean): void {
    const isTorn = router.inside(() => router.firewall.refresh(thorough) || router.policies.refresh());
    if (!isTorn) return;
    this.#cutIntruders(router);
    const message = 'rules of Netyard’s nftables tables had been changed and were put back';
    if (router.id === null) this.#tell('host', this.#store.hostId, 'Warning', 'DriftRepaired', message);
    else this.#tell('router', router.id, 'Warning', 'DriftRepaired', message);
  }

  /** What began while walls were down would go on as established. */
  #cutIntruders(router: Router): void {
    try {
      router.inside(() => router.policies.cutDenied());
    } catch (error) {
      this.#log('error', 'connections that began while rules were missing may go on', { error: String(error) });
    }
  }

  /** What the kernel told of: what is concerned is looked at, and found in order when the change was our own. */
  #checkDrift({ routers, othersLinks, sandboxNsids, sandboxNftables, lost }: DriftMessage): void {
    if (lost) return this.checkEverything();
    if (othersLinks) this.#facts.soon(() => this.#observeFacts());
    for (const drift of routers) this.#checkRouterDrift(drift);
    for (const nsid of sandboxNsids) this.#checkSandboxDrift(nsid, false);
    for (const nsid of sandboxNftables) this.#checkSandboxDrift(nsid, true);
  }

  #checkSandboxDrift(nsid: number, withNames: boolean): void {
    const routerId = this.#namespaceIds.routerOf(nsid);
    // Before it was known for one.
    if (routerId !== undefined) return this.#recheckRouter(routerId);
    for (const id of present(this.#namespaceIds.sandboxOf(nsid))) this.#unchecked.add('sandbox', id, withNames);
  }

  #checkRouterDrift({ nsid, links, linkIndexes, addresses, routes, lostEntries, nftables }: RouterDrift): void {
    const id = nsid === null ? null : this.#namespaceIds.routerOf(nsid);
    const router = id === undefined ? undefined : this.#routers.get(id);
    if (!router) return;
    if (nftables) this.#checkFirewall(router, true);
    const stillThere = linkIndexes.flatMap((index) => getLink(router.socket, index)?.name ?? []);
    for (const object of [...links, ...stillThere].flatMap((name) => present(this.#store.ofLink(name)))) {
      if (this.#removals.isUnderWay(object.id)) continue;
      if (object.kind === 'endpoint') this.#recheckSandbox(object.sandboxId);
      else this.#unchecked.add(object.kind, object.id);
    }
    if (router.id !== null && links.includes(routerUplinkName)) this.#unchecked.add('router', router.id);
    if (router.id === null) for (const network of links.flatMap((name) => this.#store.networksOnLink(name))) this.#recheck(network);
    if (addresses || routes) this.#recheckRouter(router.id);
    for (const { linkIndex, names } of lostEntries) this.#checkEntries(router, linkIndex, new Set(names));
  }

  /** A router's addresses are its networks' and its uplink's; the host's are those of all uplinks too. */
  #recheckRouter(id: string | null): void {
    for (const network of this.#store.networksOfRouter(id)) this.#unchecked.add('network', network.id);
    for (const routerId of id === null ? this.#store.routers.keys() : [id]) this.#unchecked.add('router', routerId);
    if (id === null) for (const { id: networkId } of this.#tunnelled()) this.#unchecked.add('network', networkId);
  }

  /** Networks of routers whose tunnels stand on what the host has for them. */
  #tunnelled(): DesiredNetwork[] {
    return [...this.#store.networks.values()].filter(({ tunnel, routerId }) => routerId !== null && tunnel?.encryption);
  }

  #recheckSandbox(id: string | null): void {
    if (id !== null) this.#unchecked.add('sandbox', id);
  }

  /** A network whose link is another now, with what fails on it: that would be tried again much later. */
  #recheck({ id }: DesiredNetwork): void {
    this.#unchecked.add('network', id);
    for (const endpointId of this.#store.endpointsOfNetwork(id)) {
      const sandboxId = this.#store.endpoints.get(endpointId)?.sandboxId ?? null;
      const isFailing = this.#retries.isFailing(id) || this.#retries.isFailing(endpointId);
      if (sandboxId !== null && isFailing) this.#unchecked.add('sandbox', sandboxId);
    }
  }

  /** What was lost is compared if a peer needs it: our own hand takes away only what nobody needs. */
  #checkEntries({ socket }: Router, linkIndex: number, names: Set<string>): void {
    const network = this.#store.ofLink(getLink(socket, linkIndex)?.name ?? '');
    if (network?.kind !== 'network' || !network.tunnel) return;
    const isNeeded = this.#store
      .peersOfNetwork(network.id)
      .some(({ deleted, macAddress, addresses }) => !deleted && [macAddress ?? '', ...addresses].some((name) => names.has(name)));
    if (isNeeded) this.#unchecked.add('network', network.id);
  }

  /** What the resolver could not do is a condition of the sandbox and of its endpoints; it is tried again. */
  #namesInForce({ sequence, failures }: Extract<FromResolver, { type: 'in-force' }>): void {
    const failed = new Map<string, string>(failures.map(({ sandboxId, message }) => [sandboxId, message]));
    for (const [id, message] of failed)
      for (const sandbox of present(this.#store.sandboxes.get(id))) {
        this.#retries.failed(sandbox);
        this.#log('error', `the resolver of sandbox ${sandbox.name} failed`, { id, error: message });
      }
    this.#outbox.inForce(sequence, (report) => {
      const message = failed.get(this.#sandboxOf(report) ?? '');
      return message === undefined || report.gone ? report : namesFailed(report, message);
    });
    this.#scheduleRetry();
  }

  #sandboxOf({ kind, id }: ObjectReport): string | null | undefined {
    if (kind === 'endpoint') return this.#store.endpoints.get(id)?.sandboxId;
    return kind === 'sandbox' ? id : undefined;
  }

  #tellAnew(): void {
    this.#outbox.tellAnew((id) => this.#store.has(id));
  }

  #schedule(): void {
    this.#slice ??= setImmediate(() => {
      this.#slice = undefined;
      this.#runSlice();
      if (!this.#touched.isEmpty || !this.#unchecked.isEmpty || this.#orphansDue) this.#schedule();
    });
  }

  #runSlice(): void {
    this.#takeUnchecked(this.#touched.isEmpty ? objectsInFullSlice : objectsInBusySlice);
    const slice = takeSlice(this.#store, this.#touched, (id) => this.#removals.isUnderWay(id) || this.#leases.isReleasing(id));
    this.#realiser.run(slice);
    for (const { id } of slice.routers) if (this.#unsearched.delete(id)) this.#searchRouter(id);
    if (this.#touched.isEmpty && this.#unchecked.isEmpty && this.#orphansDue) this.#removeOrphans();
    this.#outbox.flush(this.#names.commit());
    for (const question of this.#questions.splice(0))
      if (question.kind === 'probe') this.#handOut(question);
      else this.#inquiries.ask(question);
    this.#scheduleRetry();
  }

  /** A sandbox is looked at with all of its endpoints and their ports, and what the resolver has in it; a network with the ports that lead by it to other hosts. */
  #takeUnchecked(limit: number): void {
    for (const { kind, id, isThorough } of this.#unchecked.take(limit)) {
      if (kind === 'router') {
        this.#touched.routers.add(id);
        if (isThorough) this.#unsearched.add(id);
        continue;
      }
      if (kind === 'network') {
        this.#touched.networks.add(id);
        for (const port of this.#store.relayedPorts(id)) this.#touched.ports.add(port.id);
        continue;
      }
      this.#touched.sandboxes.add(id);
      for (const endpointId of this.#store.endpointsOfSandbox(id)) this.#touched.endpoints.add(endpointId);
      if (isThorough) for (const sandbox of present(this.#store.sandboxes.get(id))) if (!sandbox.deleted) this.#names.sandbox(sandbox, true);
    }
  }

  /** Looks at its rules, and for what there is in it that belongs to nothing. */
  #searchRouter(id: RouterId): void {
    const router = this.#routers.get(id);
    if (!router) return;
    this.#checkFirewall(router, false);
    if (this.#store.inSync) this.#tellOrphans(this.#removeOrphansOf(router), []);
  }

  #removeOrphans(): void {
    this.#orphansDue = false;
    const orphans = this.#removeOrphansOf(this.#routers.host);
    const namespaces = orphanNamespaces(this.#store, this.#sandboxes);
    for (const name of namespaces) this.#sandboxes.delete(name);
    this.#tellOrphans(orphans, namespaces);
    this.#removeOrphansOnWire();
  }

  #removeOrphansOf(router: Router): Orphans {
    const orphans = findOrphans(this.#store, router);
    removeOrphans(orphans, router, this.#removals);
    return orphans;
  }

  #tellOrphans(orphans: Orphans, namespaces: string[]): void {
    for (const event of orphanEvents(orphans, namespaces, this.#store.hostId))
      this.#tell(event.kind, event.id, event.type, event.reason, event.message);
  }

  /** Of the host's end of its pair, or of the interface itself where there is none. */
  #countersOf({ network, sandbox, endpoint }: Joined): ReadCounters {
    if (!isOnWire(network)) return () => hostCounters(this.#routers.at(network).socket, endpoint)();
    return () => this.#sandboxes.inside(sandbox, ({ socket }) => interfaceCounters(socket, endpoint));
  }

  #removeOrphansOnWire(): void {
    if (this.#hasSearchedSandboxes) return;
    this.#hasSearchedSandboxes = true;
    for (const sandbox of this.#store.sandboxes.values()) {
      const strays = this.#routers.host.observer.onWireIn(sandbox).filter(({ endpointId }) => !this.#store.endpoints.has(endpointId));
      const [failure] = this.#routers.host.apply([{ subject: sandbox, steps: strays.map(({ object }) => ({ verb: 'remove', object })) }]);
      if (failure) this.#log('error', 'links of nobody could not be removed', { id: sandbox.id, error: String(failure.error) });
    }
  }

  #handOut(probe: DesiredProbe): void {
    const sandbox = this.#store.sandboxes.get(probe.sandboxId);
    const { emit } = this.outlets;
    if (!sandbox || sandbox.deleted) {
      emit({ type: 'probe', probe, namespacePath: null, resolvConfPath: null, error: `sandbox ${probe.spec.sandbox} is not on this host` });
      return;
    }
    const isHost = sandbox.namespace.type === 'host';
    const namespacePath = isHost ? this.config.netnsPath : this.#sandboxes.pathOf(sandbox);
    emit({ type: 'probe', probe, namespacePath, resolvConfPath: this.#names.resolvConfPath(sandbox), error: null });
  }

  /** Where packets go may be another way now: then all paths are measured anew. */
  #observeFacts(): void {
    if (this.#facts.observe()) this.#paths.reconsider(true);
  }

  /** A network whose condition is another now is reported again, as it is found. */
  #takePathChanges(changes: NetworkChange[]): void {
    this.#facts.tell();
    for (const { id, event } of changes) {
      this.#touched.networks.add(id);
      if (event) this.#tell('network', id, event.type, event.reason, event.message);
    }
    if (changes.length > 0) this.#schedule();
  }

  #scheduleRetry(): void {
    clearTimeout(this.#retryTimer);
    const pause = this.#retries.nextInMs;
    if (pause === undefined) return;
    this.#retryTimer = setTimeout(() => {
      for (const { id, kind } of this.#retries.due()) this.#touchAgain(kind, id);
      this.#schedule();
    }, pause);
  }

  #touchAgain(kind: Desired['kind'], id: string): void {
    if (kind !== 'probe' && kind !== 'inquiry') this.#touched.ofKind(kind).add(id);
    // What failed there may be its resolver, which is told again.
    if (kind === 'sandbox')
      for (const sandbox of present(this.#store.sandboxes.get(id))) if (!sandbox.deleted) this.#names.sandbox(sandbox, true);
  }

  #tell(kind: EventReport['kind'], id: string, type: EventReport['type'], reason: string, message: string): void {
    // Before the first word of the API the host does not know its own id: then only the log is told.
    if (id !== '') this.#outbox.event({ kind, id, type, reason, message: message.slice(0, messageLimit) });
    this.#log(type === 'Warning' ? 'warn' : 'info', message, { kind, id, reason });
  }

  #log(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
    this.outlets.emit({ type: 'log', level, message, fields });
  }

  #stop(): void {
    clearInterval(this.#fullRoundTimer);
    clearTimeout(this.#retryTimer);
    this.#facts.close();
    this.#paths.close();
    if (this.#slice) clearImmediate(this.#slice);
    this.#outbox.flushAll();
    this.#routers.closeAll();
    this.#wireguard.close();
    this.#socket.close();
    this.outlets.emit({ type: 'stopped' });
  }
}

/** Whether a message may change which paths there are, or what they have to carry. */
const isOfPaths = (message: FeedMessage): boolean => {
  if (message.type === 'upsert')
    return message.object.kind === 'network' || (message.object.kind === 'peer' && message.object.names.length === 0);
  return message.type === 'in-sync' || (message.type === 'delete' && (message.kind === 'network' || message.kind === 'peer'));
};
