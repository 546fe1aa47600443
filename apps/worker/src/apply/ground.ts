import { parseOwnerAlias } from '@netyard/contracts';
import type { Step, SysctlObject } from '@netyard/drivers';
import { listLinks, readSysctl, setLink, writeSysctl, type RouteSocket } from '@netyard/netlink';
import { writeIfThere } from '../sandboxes/marked-namespace';
import { attempt, type Job } from './job';
import { assertFitParent } from './parent';
import { sandboxOf, type ApplierParts } from './parts';

/** What links stand on: namespaces and settings, made one by one. */
export class Ground {
  constructor(private readonly parts: ApplierParts) {}

  /** Namespaces that the jobs take away go here as well. */
  change(jobs: Job[]): void {
    for (const job of jobs)
      attempt(job, () => {
        for (const step of job.work.steps) this.#change(job, step);
      });
  }

  #change(job: Job, step: Step): void {
    const { verb, object } = step;
    if (object.kind === 'namespace') this.#changeNamespace(job, step, object.sandboxId, object.name);
    if (object.kind === 'router-namespace') this.#changeRouterNamespace(job, step, object.routerId);
    if (verb === 'remove') return;
    if (object.kind === 'loopback') this.#raiseLoopback(object.sandboxId);
    if (object.kind === 'parent') assertFitParent(this.parts.socket, object.link);
    if (object.kind === 'sysctl') this.#writeSetting(object);
  }

  #changeNamespace(job: Job, step: Step, sandboxId: string, name: string): void {
    if (step.verb === 'remove') return this.parts.sandboxes.delete(name);
    this.parts.sandboxes.create(sandboxOf(this.parts, sandboxId));
    job.made.push(step);
  }

  #changeRouterNamespace(job: Job, step: Step, routerId: string): void {
    if (step.verb === 'remove') return this.parts.namespaces.delete(routerId);
    this.parts.namespaces.create(routerId);
    job.made.push(step);
  }

  #raiseLoopback(sandboxId: string): void {
    this.parts.sandboxes.inside(sandboxOf(this.parts, sandboxId), ({ socket }) => socket.request(setLink('lo', { up: true })));
  }

  #writeSetting({ place, key, value }: SysctlObject): void {
    const { sandboxes, socket } = this.parts;
    if (place.in === 'sandbox') return sandboxes.inside(sandboxOf(this.parts, place.sandboxId), () => writeIfThere(key, value));
    if (key === 'net/ipv6/conf/all/forwarding') keepRouterAdvertisements(socket);
    writeSysctl(key, value);
  }
}

/**
 * A host that forwards stops to listen to router advertisements, its own uplink's too, unless told to go on (accept_ra 2).
 * Source: Documentation/networking/ip-sysctl.rst.
 */
function keepRouterAdvertisements(socket: RouteSocket): void {
  if (readSysctl('net/ipv6/conf/all/forwarding') === '1') return;
  for (const { name, alias } of listLinks(socket)) {
    const key = `net/ipv6/conf/${name}/accept_ra`;
    try {
      if (!parseOwnerAlias(alias) && readSysctl(key) === '1') writeSysctl(key, '2');
    } catch {
      // A link without IPv6 listens to nothing.
    }
  }
}
