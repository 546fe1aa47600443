import { ownedLinkGroup } from '@netyard/contracts';
import type { ShapingObject, Step } from '@netyard/drivers';
import {
  addIfb,
  addIngressQdisc,
  deleteIngressQdisc,
  deleteLink,
  deleteRootQdisc,
  getLink,
  redirectReceived,
  replaceTokenBucket,
  setLink,
  type NetlinkRequest,
  type RouteSocket,
} from '@netyard/netlink';
import { noneThere, type Item, type Job } from './job';
import { needs } from './limits-not-supported';
import { linkIndex } from './link-index';

/** The link that an endpoint's limit on sending needs. */
export const shaperItems = (job: Job, { ifb, alias, egressBytesPerSecond }: ShapingObject): Item[] =>
  egressBytesPerSecond === null
    ? []
    : [
        { job, request: addIfb(ifb, ownedLinkGroup), harmless: ['EEXIST'], explain: needs('CONFIG_IFB') },
        { job, request: setLink(ifb, { alias, ipv6AutoAddress: false }) },
        { job, request: setLink(ifb, { up: true }) },
      ];

/**
 * The links are there by now. Whatever stood before, afterwards these limits are in force and no others; a bucket that stays is changed without losing what
 * waits in it.
 */
export function shapingItems(job: Job, step: Step, shaping: ShapingObject, socket: RouteSocket): Item[] {
  const { link, ifb, ingressBytesPerSecond, egressBytesPerSecond } = shaping;
  const index = linkIndex(socket, link);
  const limit = (request: NetlinkRequest, explain: Item['explain'], harmless: string[] = []): Item => ({
    job,
    request,
    makes: step,
    explain,
    harmless,
  });
  const items = [
    ingressBytesPerSecond === null
      ? { job, request: deleteRootQdisc(index), harmless: noneThere }
      : limit(replaceTokenBucket(index, ingressBytesPerSecond), needs('CONFIG_NET_SCH_TBF')),
  ];
  if (egressBytesPerSecond === null) return [...items, ...redirectRemoval(job, index, ifb)];
  const ifbIndex = linkIndex(socket, ifb);
  return [
    ...items,
    limit(replaceTokenBucket(ifbIndex, egressBytesPerSecond), needs('CONFIG_NET_SCH_TBF')),
    limit(addIngressQdisc(index), needs('CONFIG_NET_SCH_INGRESS'), ['EEXIST']),
    limit(redirectReceived(index, ifbIndex), needs('CONFIG_NET_CLS_U32', 'CONFIG_NET_ACT_MIRRED')),
  ];
}

export function shapingRemoval(job: Job, { link, ifb }: ShapingObject, socket: RouteSocket): Item[] {
  const found = getLink(socket, link);
  if (!found) return [{ job, request: deleteLink(ifb), harmless: noneThere }];
  return [{ job, request: deleteRootQdisc(found.index), harmless: noneThere }, ...redirectRemoval(job, found.index, ifb)];
}

/** First the redirection, so that nothing is sent to a link that is no more. */
const redirectRemoval = (job: Job, index: number, ifb: string): Item[] => [
  { job, request: deleteIngressQdisc(index), harmless: noneThere },
  { job, request: deleteLink(ifb), harmless: noneThere },
];
