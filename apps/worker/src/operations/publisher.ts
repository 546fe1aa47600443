import type { DesiredPort } from '@netyard/contracts';
import { innerPort, outerLeg, type KernelObject, type Remote, type RuleElementObject, type Step } from '@netyard/drivers';
import { difference } from '../plan/difference';
import { portObjects, type Published } from '../plan/plan';
import { findListeners } from '../ports/listeners';
import { settleFlows } from '../ports/settle-flows';
import { messageOf } from '../report/conditions';
import type { Outbox } from '../report/outbox';
import type { Router } from '../routers/router';
import { NoRouterError, type Routers } from '../routers/routers';
import type { DesiredStore } from './desired-store';
import type { Log } from './messages';
import { NotJoinedError, NoWayError } from './missing-parts';
import type { Leg, Outcomes, Task } from './outcomes';
import type { Removals } from './removals';
import type { Retries } from './retries';

/** Publishes ports on the host, and takes them away. One of an endpoint behind a router has two legs: from the host to the uplink, and from there to the endpoint. */
export class Publisher {
  constructor(
    private readonly store: DesiredStore,
    private readonly routers: Routers,
    private readonly outcomes: Outcomes,
    private readonly removals: Removals,
    private readonly retries: Retries,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** Ports of endpoints that stand, but for those that another process of the host listens on. */
  publish(ports: DesiredPort[]): void {
    if (ports.length === 0) return;
    const before = elementsByRouter(ports.flatMap((port) => this.routers.holding(port).map((router) => ({ router, port }))));
    const listeners = findListeners(ports);
    const tasks = ports.flatMap((port) =>
      this.outcomes.planned(port, (): Task<DesiredPort> => {
        const published = this.store.joined(port.endpointId) ?? this.#remote(port);
        if (!published) throw new NotJoinedError(port, this.store);
        const listener = listeners.get(port.id);
        if (listener) {
          this.unpublish([port]);
          throw listener;
        }
        return { subject: port, legs: this.#legs(port, published) };
      }),
    );
    const failed = this.outcomes.apply(tasks);
    this.#settle(before, tasks);
    const undone = tasks.filter(({ subject, legs }) => legs.length > 1 && failed.has(subject)).map(({ subject }) => subject);
    this.#remove(undone);
  }

  /** Takes ports away; those that are to go for good are reported. */
  unpublish(ports: DesiredPort[]): void {
    if (ports.length === 0) return;
    const failures = this.#remove(ports);
    for (const port of ports) {
      const error = failures.get(port);
      if (error !== undefined) this.outcomes.failed({ subject: port, steps: [] }, error);
      else if (port.deleted) this.outcomes.gone(port);
      // When it is published again, that is no repair.
      else this.outbox.forget(port.id);
    }
    this.outcomes.renameOwners(ports.filter((port) => !failures.has(port)));
  }

  #legs(port: DesiredPort, published: Published): Leg[] {
    const { host } = this.routers;
    const leg = (router: Router, wanted: KernelObject[]): Leg => ({
      router,
      steps: difference(
        wanted,
        router.look((observer) => observer.port(port, wanted)),
      ),
    });
    const { network } = published;
    const router = this.routers.at(network);
    if (router === host) return [leg(host, portObjects(port, published))];
    const desired = this.store.routers.get(network.routerId ?? '');
    if (!desired) throw new NoRouterError(network);
    // What leads to an endpoint stands before what leads there.
    return [leg(router, portObjects(innerPort(port, desired), published)), leg(host, outerLeg(port, desired))];
  }

  /** The endpoint on another host that a port leads to. Throws NoWayError while the network does not stand here. */
  #remote(port: DesiredPort): Remote | undefined {
    const { store, retries, removals } = this;
    const remote = store.remote(port.endpointId);
    if (remote && (retries.isFailing(remote.network.id) || removals.isUnderWay(remote.network.id))) throw new NoWayError(remote);
    return remote;
  }

  /** All in one transaction for each router, the host first; gives those that could not be removed. */
  #remove(ports: DesiredPort[]): Map<DesiredPort, unknown> {
    const failures = new Map<DesiredPort, unknown>();
    const standing = ports.flatMap((port) => this.routers.holding(port).map((router) => ({ router, port })));
    for (const [router, elements] of elementsByRouter(standing)) {
      const steps = elements.map((object): Step => ({ verb: 'remove', object }));
      try {
        router.change(steps);
      } catch (error) {
        for (const { router: of, port } of standing) if (of === router) failures.set(port, error);
        continue;
      }
      this.#settleFlows(router, elements, steps);
    }
    return failures;
  }

  #settle(before: Map<Router, RuleElementObject[]>, tasks: Task[]): void {
    const legs = tasks.flatMap((task) => task.legs);
    for (const router of new Set(legs.map((leg) => leg.router))) {
      const steps = legs.flatMap((leg) => (leg.router === router ? leg.steps : []));
      this.#settleFlows(router, before.get(router) ?? [], steps);
    }
  }

  /** What is connected follows the ports. That it could not be told so is no failure of the ports. */
  #settleFlows(router: Router, before: RuleElementObject[], steps: Step[]): void {
    try {
      router.inside(() => settleFlows(router.firewall, before, steps));
    } catch (error) {
      this.log('error', 'connections by ports that have changed may go on', { error: messageOf(error) });
    }
  }
}

function elementsByRouter(standing: { router: Router; port: DesiredPort }[]): Map<Router, RuleElementObject[]> {
  const elements = new Map<Router, RuleElementObject[]>();
  for (const { router, port } of standing) elements.set(router, [...(elements.get(router) ?? []), ...router.firewall.elementsOf(port.id)]);
  return elements;
}
