import type { Tenant } from '@netyard/api-client';
import { joinList, splitList } from '../form/listed';

type ParentGrant = Tenant['spec']['grants']['parents'][number];

/**
 * Parents as one line of text, with commas between: `eth1` for a link itself, `eth1.100-199` for VLANs of it, `*` for every link, and `lab-1:` before them where it is
 * those of one host.
 */
export const parentsText = (parents: ParentGrant[]): string =>
  joinList(
    parents.flatMap(({ host, link, untagged, vlans }) =>
      [...(untagged ? [link] : []), ...vlans.map((range) => `${link}.${range}`)].map((text) => (host === null ? text : `${host}:${text}`)),
    ),
  );

/** What a line of text means; what it cannot mean is the API's to refuse. */
export const parseParents = (text: string): ParentGrant[] => splitList(text).map(parseParent);

function parseParent(item: string): ParentGrant {
  const [, host = null, place = ''] = /^(?:([^:]*):)?(.*)$/.exec(item) ?? [];
  const [, link, range] = /^(.+)\.(\d+(?:-\d+)?)$/.exec(place) ?? [];
  if (link === undefined || range === undefined) return { host, link: place, untagged: true, vlans: [] };
  return { host, link, untagged: false, vlans: [range] };
}
