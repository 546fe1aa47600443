import type { KernelObject, Step } from '@netyard/drivers';
import { deleteLink, type RouteSocket } from '@netyard/netlink';
import type { Item, Job } from './job';
import { knowledgeRemoval } from './knowledge-items';
import { shapingRemoval } from './shaping-items';

/** The messages that take away what a router has of a step's object. */
export function removalItems(job: Job, step: Step, socket: RouteSocket): Item[] {
  const { verb, object } = step;
  if (verb === 'add') return [];
  if (isLinkHere(object)) return [{ job, request: deleteLink(object.name), harmless: ['ENODEV'] }];
  return object.kind === 'shaping' ? shapingRemoval(job, object, socket) : knowledgeRemoval(job, step, socket);
}

/** The messages that take away links in sandboxes which stand on one of the host, with the sandbox that each is in. */
export const sublinkRemovals = (job: Job): { sandboxId: string; item: Item }[] =>
  job.work.steps.flatMap(({ verb, object }) =>
    verb === 'remove' && (object.kind === 'macvlan' || object.kind === 'ipvlan') && object.place.in === 'sandbox'
      ? [{ sandboxId: object.place.sandboxId, item: { job, request: deleteLink(object.name), harmless: ['ENODEV'] } }]
      : [],
  );

const linkKinds = ['bridge', 'veth', 'vxlan', 'wireguard', 'vlan', 'stub', 'uplink'] as const;
type LinkObject = Extract<KernelObject, { kind: (typeof linkKinds)[number] | 'macvlan' | 'ipvlan' }>;

const isLinkHere = (object: KernelObject): object is LinkObject =>
  linkKinds.some((kind) => kind === object.kind) || ((object.kind === 'macvlan' || object.kind === 'ipvlan') && object.place.in === 'host');
