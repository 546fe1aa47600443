import type { DesiredEndpoint, DesiredNetwork, DesiredProbe, DesiredSandbox, EventReport, ObjectReport } from '@netyard/contracts';
import { describeStep, type Joined } from '@netyard/drivers';
import { RouteSocket } from '@netyard/netlink';
import { Applier, type Failure } from '../apply/applier';
import { Firewall } from '../firewall/firewall';
import { Observer } from '../observe/observe';
import { planNetwork, planSandbox, planSandboxJoins, type Work } from '../plan/plan';
import { messageOf, reportGone, reportOn } from '../report/conditions';
import { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import { DesiredStore, isLeaving, Touched } from './desired-store';
import { observeHostFacts } from './host-facts';
import type { FromOperations, OperationsConfig, ToOperations } from './messages';
import { findOrphans, orphanEvents } from './orphans';
import { Removals, type RemovalResult } from './removals';
import { Retries } from './retries';

type Subject = DesiredNetwork | DesiredSandbox | DesiredEndpoint;

/** Endpoints that one slice joins: reports of the first go out while the next are made. */
const joinsInSlice = 100;
/** Objects that one slice of a full round looks at, so that changes need not wait for its end. */
const objectsInFullSlice = 50;
/** Each so many full rounds everything is told anew. */
const roundsBetweenFullReports = 10;
/** As many reports of what has gone are kept to be told once more. */
const goneLimit = 5_000;
/** Characters of an event. */
const messageLimit = 4_000;

/**
 * Keeps one host as the desired state wants it: observe, plan, apply, report, for changes, restarts, retries and drift alike. All kernel work is synchronous
 * on the thread that makes it, which has to be in the host's namespace already (`enterHome`). What comes out is given to `emit`; links that are to go are given
 * to `reap`, and `handle({ type: 'reaped' })` answers that.
 */
export class Operations {
  readonly #store = new DesiredStore();
  readonly #socket = RouteSocket.open();
  readonly #firewall = Firewall.open();
  readonly #sandboxes: SandboxNamespaces;
  readonly #observer: Observer;
  readonly #applier: Applier;
  readonly #removals: Removals;
  readonly #retries = new Retries(() => performance.now());

  /** What changes ask for, and what a full round still has to look at when there are none. */
  readonly #touched = new Touched();
  readonly #unchecked: { kind: 'network' | 'sandbox'; id: string }[] = [];
  #probes: DesiredProbe[] = [];
  /** How each object was found or made at last: a step for one that stood already as wanted repairs drift. */
  readonly #lastReport = new Map<string, string>();
  /** Objects of which the API has been told what is in `#lastReport`: only what is new is said. */
  readonly #told = new Set<string>();
  /** What has gone since everything was told anew. */
  #gone: ObjectReport[] = [];
  #fullRounds = 0;
  #objects: ObjectReport[] = [];
  #events: EventReport[] = [];
  #facts = '';
  #slice: NodeJS.Immediate | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #fullRoundTimer: NodeJS.Timeout | undefined;
  #orphansDue = false;

  constructor(
    private readonly config: OperationsConfig,
    private readonly emit: (message: FromOperations) => void,
    reap: (jobId: number, links: string[]) => void,
  ) {
    this.#sandboxes = new SandboxNamespaces(config.netnsDirectory, config.hostName);
    this.#observer = new Observer(this.#socket, this.#sandboxes, this.#firewall);
    this.#applier = new Applier(this.#socket, this.#sandboxes, this.#firewall, (id) => this.#store.sandboxes.get(id));
    this.#removals = new Removals(this.#store, this.#observer, this.#sandboxes, this.#firewall, reap);
    this.#reportFacts();
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
          const probe = this.#store.take(part, this.#touched);
          if (probe && !probe.deleted) this.#probes.push(probe);
          if (!wasInSync && this.#store.inSync) this.checkEverything();
        }
        break;
      case 'reaped':
        this.#afterReaping(this.#removals.reaped(message.jobId, message.failures));
        break;
      case 'stop':
        this.#stop();
        return;
    }
    this.#schedule();
  }

  /** Begins a full round: everything is compared with the kernel, drift is repaired, and orphans are removed once in sync. */
  checkEverything(): void {
    if (this.#firewall.refresh())
      this.#tell(
        'host',
        this.#store.hostId,
        'Warning',
        'DriftRepaired',
        'the rules of table inet netyard had been changed and were built anew',
      );
    this.#reportFacts();
    this.#unchecked.length = 0;
    for (const id of this.#store.networks.keys()) this.#unchecked.push({ kind: 'network', id });
    for (const id of this.#store.sandboxes.keys()) this.#unchecked.push({ kind: 'sandbox', id });
    this.#orphansDue = this.#store.inSync;
    this.#schedule();
  }

  /** The API does not wait for its disk when it takes a report: what a crash there has lost is said again, now and then and with each snapshot. */
  #tellAnew(): void {
    this.#told.clear();
    this.#objects.push(...this.#gone.filter(({ id }) => !this.#store.has(id)));
    this.#gone = [];
  }

  #schedule(): void {
    this.#slice ??= setImmediate(() => {
      this.#slice = undefined;
      this.#runSlice();
      if (!this.#touched.isEmpty || this.#unchecked.length > 0 || this.#orphansDue) this.#schedule();
    });
  }

  #runSlice(): void {
    if (this.#touched.isEmpty) this.#takeUnchecked();
    const slice = this.#takeSlice();
    this.#remove(slice);
    this.#realise(slice);
    if (this.#touched.isEmpty && this.#unchecked.length === 0 && this.#orphansDue) this.#removeOrphans();
    this.#flush();
    for (const probe of this.#probes.splice(0)) this.#handOut(probe);
    this.#scheduleRetry();
  }

  #takeUnchecked(): void {
    for (const { kind, id } of this.#unchecked.splice(0, objectsInFullSlice)) {
      if (kind === 'network') this.#touched.networks.add(id);
      else this.#touch(id);
    }
  }

  /** A sandbox and all of its endpoints. */
  #touch(sandboxId: string): void {
    this.#touched.sandboxes.add(sandboxId);
    for (const id of this.#store.endpointsOfSandbox(sandboxId)) this.#touched.endpoints.add(id);
  }

  /** Networks and sandboxes that are touched, every endpoint that is to leave, and some that are to join; the rest stays for the next slice. */
  #takeSlice(): Slice {
    const slice: Slice = { networks: [], sandboxes: [], leaving: [], joining: [], sandboxIdsWithChangedJoins: new Set() };
    for (const id of this.#touched.networks) slice.networks.push(...present(this.#store.networks.get(id)));
    for (const id of this.#touched.sandboxes) slice.sandboxes.push(...present(this.#store.sandboxes.get(id)));
    this.#touched.networks.clear();
    for (const id of this.#touched.sandboxes) slice.sandboxIdsWithChangedJoins.add(id);
    this.#touched.sandboxes.clear();
    for (const id of this.#touched.endpoints) {
      const endpoint = this.#store.endpoints.get(id);
      if (endpoint && !isLeaving(endpoint) && slice.joining.length >= joinsInSlice) continue;
      this.#touched.endpoints.delete(id);
      if (!endpoint || this.#removals.isUnderWay(id)) continue;
      if (endpoint.sandboxId !== null) slice.sandboxIdsWithChangedJoins.add(endpoint.sandboxId);
      (isLeaving(endpoint) ? slice.leaving : slice.joining).push(endpoint);
    }
    return slice;
  }

  #remove({ leaving, sandboxes, networks }: Slice): void {
    const subjects: Subject[] = [...leaving, ...sandboxes.filter(({ deleted }) => deleted), ...networks.filter(({ deleted }) => deleted)];
    for (const result of this.#removals.begin(subjects)) this.#removed(result);
  }

  #afterReaping(results: RemovalResult[]): void {
    for (const result of results) this.#removed(result);
    // What has gone may have been in the way of others: an interface name, a default route.
    for (const id of this.#retries.failing('endpoint')) this.#touched.endpoints.add(id);
    this.#flush();
  }

  #removed({ subject, error }: RemovalResult): void {
    const current = this.#current(subject);
    if (error !== undefined) {
      this.#failed({ subject, steps: [] }, error);
    } else if (current && !isWantedAgain(current)) {
      if (!this.#store.forgotten.has(subject.id)) this.#reportGone(reportGone(current));
      this.#store.drop(subject.id);
      this.#retries.succeeded(subject.id);
    } else if (current) {
      this.#touchAgain(current);
    }
  }

  #touchAgain({ kind, id }: Subject): void {
    if (kind === 'network') this.#touched.networks.add(id);
    else if (kind === 'sandbox') this.#touched.sandboxes.add(id);
    else this.#touched.endpoints.add(id);
  }

  #realise(slice: Slice): void {
    this.#applyAndReport(
      slice.networks
        .filter(isToStay(this.#removals))
        .flatMap((network) => this.#planned(network, () => planNetwork(network, this.#observer.network(network)))),
    );
    const sandboxes = new Map(slice.sandboxes.map((sandbox) => [sandbox.id as string, sandbox]));
    for (const id of slice.sandboxIdsWithChangedJoins)
      for (const sandbox of present(this.#store.sandboxes.get(id))) sandboxes.set(id, sandbox);
    const works = [...sandboxes.values()].filter(isToStay(this.#removals)).flatMap((sandbox) =>
      this.#planned(sandbox, () => {
        const work = planSandbox(sandbox, this.#observer.sandbox(sandbox));
        if (sandbox.namespace.type === 'adopted') this.#sandboxes.open(sandbox).close();
        if (work.steps.length > 0)
          for (const { endpoint } of this.#store.joinsOfSandbox(sandbox.id))
            if (!slice.joining.includes(endpoint)) slice.joining.push(endpoint);
        return work;
      }),
    );
    this.#applyAndReport(works);
    this.#join(slice);
  }

  #join({ joining, sandboxIdsWithChangedJoins }: Slice): void {
    const touchedIn = new Map<string, Set<string>>([...sandboxIdsWithChangedJoins].map((id) => [id, new Set<string>()]));
    for (const endpoint of joining) {
      const joined = this.#store.joined(endpoint.id);
      if (joined) touchedIn.get(joined.sandbox.id)?.add(endpoint.id) ?? touchedIn.set(joined.sandbox.id, new Set([endpoint.id]));
      else this.#failed({ subject: endpoint, steps: [] }, new MissingPartError(endpoint, this.#store));
    }
    const works: Work[] = [];
    for (const [sandboxId, touched] of touchedIn) works.push(...this.#planJoins(sandboxId, touched));
    this.#applyAndReport(works);
  }

  #planJoins(sandboxId: string, touched: Set<string>): Work[] {
    const joins = this.#store.joinsOfSandbox(sandboxId).filter(({ endpoint }) => !this.#removals.isUnderWay(endpoint.id));
    const sandbox = joins[0]?.sandbox;
    if (!sandbox) return [];
    try {
      const observed = this.#observer.joins(sandbox, joins, touched);
      const plan = planSandboxJoins({ sandbox, joins, touched, observed });
      for (const { subject, error } of plan.refused) this.#failed({ subject, steps: [] }, error);
      this.#applier.apply([{ subject: sandbox, steps: plan.staleRoutes }]);
      return plan.joins;
    } catch (error) {
      for (const { endpoint } of joins.filter((joined: Joined) => touched.has(joined.endpoint.id)))
        this.#failed({ subject: endpoint, steps: [] }, error);
      return [];
    }
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

  #applyAndReport(works: Work[]): void {
    const failures = new Map(this.#applier.apply(works).map((failure: Failure) => [failure.work, failure.error]));
    for (const work of works) {
      const error = failures.get(work);
      if (error !== undefined) this.#failed(work, error);
      else this.#succeeded(work);
    }
  }

  #succeeded({ subject, steps }: Work): void {
    const wasFailing = this.#retries.isFailing(subject.id);
    const report = reportOn(subject);
    const text = JSON.stringify(report);
    if (steps.length > 0 && this.#lastReport.get(subject.id) === text) {
      this.#tell(subject.kind, subject.id, 'Warning', 'DriftRepaired', `was not as it should be: ${steps.map(describeStep).join('; ')}`);
    }
    this.#retries.succeeded(subject.id);
    if (wasFailing && subject.kind !== 'endpoint') this.#touchFailingEndpoints(subject);
    this.#report(report, text);
  }

  /** What an endpoint waited for is there now. */
  #touchFailingEndpoints({ id }: DesiredNetwork | DesiredSandbox): void {
    for (const endpointId of this.#retries.failing('endpoint')) {
      const endpoint = this.#store.endpoints.get(endpointId);
      if (endpoint?.networkId === id || endpoint?.sandboxId === id) this.#touched.endpoints.add(endpointId);
    }
  }

  #failed({ subject, steps }: Work, error: unknown): void {
    this.#retries.failed(subject);
    const report = reportOn(subject, error);
    this.#log('error', `${subject.kind} ${subject.name} failed`, {
      kind: subject.kind,
      id: subject.id,
      error: messageOf(error),
      steps: steps.map(describeStep),
    });
    this.#report(report, JSON.stringify(report));
  }

  #report(report: ObjectReport, text: string): void {
    if (this.#lastReport.get(report.id) !== text) this.#told.delete(report.id);
    this.#lastReport.set(report.id, text);
    if (this.#told.has(report.id) || this.#store.forgotten.has(report.id)) return;
    this.#told.add(report.id);
    this.#objects.push(report);
  }

  #reportGone(report: ObjectReport): void {
    this.#lastReport.delete(report.id);
    this.#told.delete(report.id);
    this.#objects.push(report);
    if (this.#gone.push(report) > goneLimit) this.#gone.shift();
  }

  #removeOrphans(): void {
    this.#orphansDue = false;
    const orphans = findOrphans(this.#store, this.#socket, this.#sandboxes, this.#firewall);
    this.#removals.reapOrphans(orphans.links.map(({ name }) => name));
    for (const name of orphans.namespaces) this.#sandboxes.delete(name);
    this.#firewall.apply(orphans.bridges.flatMap((name) => this.#firewall.elementsOf(name)).map((object) => ({ verb: 'remove', object })));
    for (const event of orphanEvents(orphans, this.#store.hostId))
      this.#tell(event.kind, event.id, event.type, event.reason, event.message);
  }

  #handOut(probe: DesiredProbe): void {
    const sandbox = this.#store.sandboxes.get(probe.sandboxId);
    if (!sandbox || sandbox.deleted) {
      this.emit({ type: 'probe', probe, namespacePath: null, error: `sandbox ${probe.spec.sandbox} is not on this host` });
    } else {
      const isHost = sandbox.namespace.type === 'host';
      this.emit({ type: 'probe', probe, namespacePath: isHost ? this.config.netnsPath : this.#sandboxes.pathOf(sandbox), error: null });
    }
  }

  #reportFacts(): void {
    const facts = observeHostFacts(this.#socket);
    if (JSON.stringify(facts) === this.#facts) return;
    this.#facts = JSON.stringify(facts);
    this.emit({ type: 'facts', facts });
  }

  #scheduleRetry(): void {
    clearTimeout(this.#retryTimer);
    const pause = this.#retries.nextInMs;
    if (pause === undefined) return;
    this.#retryTimer = setTimeout(() => {
      for (const { id, kind } of this.#retries.due()) {
        if (kind === 'network') this.#touched.networks.add(id);
        if (kind === 'sandbox') this.#touched.sandboxes.add(id);
        if (kind === 'endpoint') this.#touched.endpoints.add(id);
      }
      this.#schedule();
    }, pause);
  }

  #current({ kind, id }: Subject): Subject | undefined {
    if (kind === 'network') return this.#store.networks.get(id);
    return kind === 'sandbox' ? this.#store.sandboxes.get(id) : this.#store.endpoints.get(id);
  }

  #tell(kind: EventReport['kind'], id: string, type: EventReport['type'], reason: string, message: string): void {
    // Before the first word of the API the host does not know its own id: then only the log is told.
    if (id !== '') this.#events.push({ kind, id, type, reason, message: message.slice(0, messageLimit) });
    this.#log(type === 'Warning' ? 'warn' : 'info', message, { kind, id, reason });
  }

  #log(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown>): void {
    this.emit({ type: 'log', level, message, fields });
  }

  #flush(): void {
    if (this.#objects.length + this.#events.length === 0) return;
    this.emit({ type: 'report', objects: this.#objects, events: this.#events });
    this.#objects = [];
    this.#events = [];
  }

  #stop(): void {
    clearInterval(this.#fullRoundTimer);
    clearTimeout(this.#retryTimer);
    if (this.#slice) clearImmediate(this.#slice);
    this.#flush();
    this.#firewall.close();
    this.#socket.close();
    this.emit({ type: 'stopped' });
  }
}

/** What one slice looks at. */
interface Slice {
  networks: DesiredNetwork[];
  sandboxes: DesiredSandbox[];
  leaving: DesiredEndpoint[];
  joining: DesiredEndpoint[];
  /** Default routes may change hands there. */
  sandboxIdsWithChangedJoins: Set<string>;
}

/** An endpoint cannot be joined because its network or sandbox is not wanted here. */
class MissingPartError extends Error {
  override readonly name = 'MissingPart';

  constructor(endpoint: DesiredEndpoint, store: DesiredStore) {
    const network = store.networks.get(endpoint.networkId);
    const missing = !network || network.deleted ? `network ${network?.name ?? endpoint.networkId}` : `sandbox ${endpoint.sandboxId}`;
    super(`${missing} is not on this host, or is being deleted`);
  }
}

const present = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
const isWantedAgain = (subject: Subject): boolean => (subject.kind === 'endpoint' ? !isLeaving(subject) : !subject.deleted);
const isToStay =
  (removals: Removals) =>
  ({ id, deleted }: DesiredNetwork | DesiredSandbox): boolean =>
    !deleted && !removals.isUnderWay(id);
