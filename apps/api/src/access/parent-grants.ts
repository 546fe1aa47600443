import type { ParentGrant } from '@netyard/contracts';
import { parseParent } from '@netyard/drivers';

/** Stands for every link. */
export const anyLink = '*';

/** Reads `100` or `100-199`; undefined for what is no range of VLANs (IEEE 802.1Q). */
export function parseVlans(text: string): { first: number; last: number } | undefined {
  const [, first, last = first] = /^([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  return range.first <= range.last && range.last <= 4094 ? range : undefined;
}

/** Whether one of the grants covers a parent on a host; on some host when none is named. */
export function coversParent(grants: ParentGrant[], parent: string, hostName: string | null): boolean {
  return grants.some(({ host, ...grant }) => (host === null || hostName === null || host === hostName) && coversLink(grant, parent));
}

/** The link by its own name, be it a VLAN that somebody has made, or a VLAN of a link whose VLANs are granted. */
function coversLink({ link, untagged, vlans }: Omit<ParentGrant, 'host'>, parent: string): boolean {
  const isNamed = link === parent || (link === anyLink && parseParent(parent)?.vlan == null);
  if (untagged && isNamed) return true;
  const vlan = parseParent(parent)?.vlan;
  if (!vlan || (link !== anyLink && link !== vlan.of)) return false;
  return vlans.some((text) => {
    const range = parseVlans(text);
    return range !== undefined && range.first <= vlan.id && vlan.id <= range.last;
  });
}

/** In the words of a message. */
export function inWords(grants: ParentGrant[]): string {
  if (grants.length === 0) return 'none';
  return grants
    .map(({ link, host, untagged, vlans }) => {
      const what =
        [...(untagged ? ['untagged'] : []), ...(vlans.length > 0 ? [`VLANs ${vlans.join(', ')}`] : [])].join(' and ') || 'nothing';
      return `${link === anyLink ? 'any link' : link}${host === null ? '' : ` of host ${host}`} (${what})`;
    })
    .join(', ');
}
