import { inverse, type Step } from '@netyard/drivers';
import { setLink, type KernelError } from '@netyard/netlink';
import type { Work } from '../plan/plan';
import { Ground } from './ground';
import { allOrEach, attempt, itemsOf, send, stepsOf, type Failure, type Item, type Job } from './job';
import { knowledgeItems, routeItems } from './knowledge-items';
import { knownIndexes } from './link-index';
import { LinkItems } from './link-items';
import { sandboxOf, type ApplierParts } from './parts';
import { removalItems, sublinkRemovals } from './removal-items';
import { insideItems, sandboxesOf } from './sandbox-items';
import { shapingItems } from './shaping-items';
import { explainPort } from './wireguard';

/**
 * Carries works out on the kernel in one router, many in one go: sandboxes and settings one by one, firewall elements in one transaction, all links of the router in one batch,
 * then one batch in each sandbox. A work whose step fails is undone; the others go on.
 */
export class Applier {
  readonly #ground: Ground;

  constructor(private readonly parts: ApplierParts) {
    this.#ground = new Ground(parts);
  }

  /** Does what the works say; gives those that failed. */
  apply(works: Work[]): Failure[] {
    const jobs = works.filter(({ steps }) => steps.length > 0).map((work): Job => ({ work, made: [] }));
    if (jobs.length === 0) return [];
    this.#ground.change(jobs);
    this.#changeFirewall(jobs);
    this.#removeSublinks(jobs);
    this.#changeRouter(jobs);
    this.#changeSandboxes(jobs);
    return jobs.flatMap((job) => (job.error === undefined ? [] : [this.#undo(job)]));
  }

  #changeFirewall(jobs: Job[]): void {
    const elements = (job: Job): Step[] => stepsOf(job, 'rule-element');
    allOrEach(jobs, 'rule-element', (some) => {
      this.parts.firewall.apply(some.flatMap(elements));
      for (const job of some) job.made.push(...elements(job).filter(({ verb }) => verb === 'add'));
    });
  }

  /** Links in sandboxes that stand on one of the host go before their successors come, which take their names. */
  #removeSublinks(jobs: Job[]): void {
    for (const job of jobs) {
      if (job.error !== undefined) continue;
      attempt(job, () => {
        for (const { sandboxId, item } of sublinkRemovals(job))
          this.parts.sandboxes.inside(sandboxOf(this.parts, sandboxId), ({ socket }) => send(socket, [item]));
      });
    }
  }

  /** Removals first, then links, then what needs their indexes. */
  #changeRouter(jobs: Job[]): void {
    const { socket, underlay } = this.parts;
    const indexOf = knownIndexes(socket);
    const links = new LinkItems(this.parts);
    const sendHere = (itemsOfStep: (job: Job, step: Step) => Item[]): void => send(socket, itemsOf(jobs, itemsOfStep));
    try {
      sendHere((job, step) => removalItems(job, step, socket));
      sendHere((job, step) => links.first(job, step));
      this.#raiseUplinks(jobs);
      this.#configureWireguard(jobs);
      sendHere((job, step) => (step.verb === 'add' && step.object.kind === 'shaping' ? shapingItems(job, step, step.object, socket) : []));
      send(
        underlay,
        itemsOf(jobs, (job, step) => links.tunnel(job, step)),
      );
      sendHere((job, step) => links.second(job, step));
      sendHere((job, step) => knowledgeItems(job, step, indexOf));
      sendHere((job, step) => routeItems(job, step, indexOf));
    } finally {
      links.close();
    }
  }

  /** The routers' ends, which cannot be made up. */
  #raiseUplinks(jobs: Job[]): void {
    for (const job of jobs)
      for (const { verb, object } of job.work.steps) {
        if (verb !== 'add' || object.kind !== 'uplink' || job.error !== undefined) continue;
        const { routerId, name } = object.peer;
        const changes = [setLink(name, { ipv6AutoAddress: false }), setLink(name, { up: true })];
        attempt(job, () =>
          this.parts.namespaces.inside(routerId, (socket) =>
            send(
              socket,
              changes.map((request) => ({ job, request })),
            ),
          ),
        );
      }
  }

  /** Keys, ports and peers go by another way than links: first what the links are to be, then they go up. */
  #configureWireguard(jobs: Job[]): void {
    const { socket, wireguard } = this.parts;
    for (const job of jobs)
      if (job.error === undefined)
        attempt(job, () => {
          for (const { verb, object } of job.work.steps) if (verb === 'add' && object.kind === 'wireguard') wireguard.configure(object);
        });
    send(
      socket,
      itemsOf(jobs, (job, { verb, object }) => {
        if (verb === 'remove' || object.kind !== 'wireguard') return [];
        const explain = (error: KernelError): Error => explainPort(error, object.port);
        return [{ job, request: setLink(object.name, { up: true }), explain }];
      }),
    );
    allOrEach(jobs, 'wireguard-peer', (some) => wireguard.change(some.flatMap((job) => stepsOf(job, 'wireguard-peer'))));
  }

  #changeSandboxes(jobs: Job[]): void {
    const bySandbox = new Map<string, Job[]>();
    for (const job of jobs) {
      for (const id of sandboxesOf(job.work)) bySandbox.set(id, [...(bySandbox.get(id) ?? []), job]);
    }
    for (const [id, concerned] of bySandbox) {
      const sound = concerned.filter(({ error }) => error === undefined);
      if (sound.length > 0) this.#changeSandbox(id, sound);
    }
  }

  #changeSandbox(id: string, jobs: Job[]): void {
    try {
      const sandbox = sandboxOf(this.parts, id);
      const isManaged = sandbox.namespace.type === 'managed';
      this.parts.sandboxes.inside(sandbox, (open) => {
        const items = jobs.flatMap((job) => attempt(job, () => insideItems(job, id, open, isManaged)) ?? []);
        send(open.socket, items);
      });
    } catch (error) {
      for (const job of jobs) job.error ??= error;
    }
  }

  /** Takes away what the job has made, last first. What it removed is not brought back: it was not wanted. */
  #undo({ work, made, error }: Job): Failure {
    const undoing: Job = { work: { subject: work.subject, steps: [...made].reverse().map(inverse) }, made: [] };
    const linkKinds = new Set(['veth', 'macvlan', 'ipvlan']);
    if (!made.some(({ object }) => linkKinds.has(object.kind))) this.#changeSandboxes([undoing]);
    this.#removeSublinks([undoing]);
    this.#changeRouter([undoing]);
    this.#changeFirewall([undoing]);
    this.#ground.change([undoing]);
    return {
      work,
      error: undoing.error === undefined ? error : new AggregateError([error, undoing.error], 'it failed, and could not be undone'),
    };
  }
}
