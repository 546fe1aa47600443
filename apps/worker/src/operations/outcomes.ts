import type { EventReport, ObjectReport } from '@netyard/contracts';
import { describeStep, type Step } from '@netyard/drivers';
import { hasBridgeNetfilter } from '@netyard/netlink';
import type { Names } from '../names/names';
import type { Paths } from '../paths/paths';
import type { Work } from '../plan/plan';
import { messageOf, reportGone, reportOn, withoutBridges } from '../report/conditions';
import type { Outbox } from '../report/outbox';
import type { Router } from '../routers/router';
import type { DesiredStore, Touched } from './desired-store';
import type { LeaseHolders } from './lease-holders';
import type { Log } from './messages';
import type { Retries } from './retries';

export type Subject = Work['subject'];

/** An object with what is to be done for it, in one router after the other. */
export interface Task<S extends Subject = Subject> {
  subject: S;
  legs: Leg[];
}

export interface Leg {
  router: Router;
  steps: Step[];
}

export interface OutcomeParts {
  store: DesiredStore;
  touched: Touched;
  paths: Paths;
  leases: LeaseHolders;
  retries: Retries;
  names: Names;
  outbox: Outbox;
  log: Log;
}

/** Characters of an event. */
export const messageLimit = 4_000;

/** Does what was planned, and notes how it went: for the report, for the next try, and for what waited for it. */
export class Outcomes {
  constructor(private readonly parts: OutcomeParts) {}

  /** Runs a plan of one object; if the kernel cannot even be read, the object has failed. */
  planned<Planned>(subject: Subject, plan: () => Planned): Planned[] {
    try {
      return [plan()];
    } catch (error) {
      this.failed({ subject, steps: [] }, error);
      return [];
    }
  }

  /** Gives the subjects that have failed. `isCompared`: what was done was missing before, so that doing it again repairs drift. */
  apply(tasks: Task[], isCompared = true): Set<Subject> {
    const failed = new Set<Subject>();
    for (let leg = 0; tasks.some(({ legs }) => legs.length > leg); leg++)
      for (const [router, works] of worksOf(tasks, leg, failed))
        for (const { work, error } of router.apply(works)) {
          failed.add(work.subject);
          this.failed(work, error);
        }
    for (const { subject, legs } of tasks)
      if (!failed.has(subject)) this.succeeded({ subject, steps: legs.flatMap(({ steps }) => steps) }, isCompared);
    return failed;
  }

  succeeded({ subject, steps }: Work, isCompared = true): void {
    const { retries, outbox, store, leases } = this.parts;
    const wasFailing = retries.isFailing(subject.id);
    if (subject.kind === 'endpoint') for (const joined of present(store.joined(subject.id))) leases.want(joined);
    const report = this.#reportOn(subject);
    if (isCompared && steps.length > 0 && outbox.isRepetition(report)) {
      const message = `was not as it should be: ${steps.map(describeStep).join('; ')}`;
      this.tellDrift(subject, message);
    }
    retries.succeeded(subject.id);
    this.#name(subject);
    if (subject.kind === 'key') for (const id of retries.failing('peer')) this.parts.touched.peers.add(id);
    if (wasFailing) this.#touchWaiting(subject);
    outbox.report(report, store.forgotten.has(subject.id));
  }

  failed({ subject, steps }: Work, error: unknown): void {
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

  gone(subject: Subject): void {
    const { outbox, store, retries, touched } = this.parts;
    outbox.gone(reportGone(subject), store.forgotten.has(subject.id));
    store.drop(subject.id);
    retries.succeeded(subject.id);
    // A router goes after its networks.
    const router = subject.kind === 'network' ? store.routers.get(subject.routerId ?? '') : undefined;
    if (router?.deleted) touched.routers.add(router.id);
  }

  touchAgain({ kind, id }: Subject): void {
    this.parts.touched.ofKind(kind).add(id);
  }

  /** SRV records follow the ports. */
  renameOwners(ports: { endpointId: string }[]): void {
    for (const id of new Set(ports.map(({ endpointId }) => endpointId)))
      for (const joined of present(this.parts.store.joined(id))) this.parts.names.endpoint(joined);
  }

  tellDrift(subject: Subject, message: string): void {
    const { kind, id } = this.#concernedBy(subject);
    if (id !== '') this.parts.outbox.event({ kind, id, type: 'Warning', reason: 'DriftRepaired', message: message.slice(0, messageLimit) });
    this.parts.log('warn', message, { kind, id, reason: 'DriftRepaired' });
  }

  /** What stands is called what it is to be called. */
  #name(subject: Subject): void {
    const { names, store } = this.parts;
    if (subject.kind === 'sandbox') names.sandbox(subject);
    if (subject.kind === 'port') this.renameOwners([subject]);
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

  /** How it stands, and of networks with tunnels also what the underlay does for them, of policies whether bridges heed them. */
  #reportOn(subject: Subject, error?: unknown): ObjectReport {
    const report = this.parts.leases.complete(reportOn(subject, error));
    // Asked each time: somebody may load it.
    if (subject.kind === 'policy' && !hasBridgeNetfilter()) return withoutBridges(report);
    const underlay = subject.kind === 'network' ? this.parts.paths.conditionOf(subject) : undefined;
    return underlay ? { ...report, conditions: [...report.conditions, underlay] } : report;
  }

  /** Of peers the network is told: on this host they are entries of it. Keys are the host's. */
  #concernedBy(subject: Subject): Pick<EventReport, 'kind' | 'id'> {
    if (subject.kind === 'peer') return { kind: 'network', id: subject.networkId };
    return subject.kind === 'key' ? { kind: 'host', id: this.parts.store.hostId } : subject;
  }
}

/** One leg of all tasks that have not failed, by its router. */
function worksOf(tasks: Task[], leg: number, failed: ReadonlySet<Subject>): Map<Router, Work[]> {
  const works = new Map<Router, Work[]>();
  for (const { subject, legs } of tasks) {
    const own = legs[leg];
    if (!own || failed.has(subject)) continue;
    const others = works.get(own.router);
    if (others) others.push({ subject, steps: own.steps });
    else works.set(own.router, [{ subject, steps: own.steps }]);
  }
  return works;
}

export const present = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
