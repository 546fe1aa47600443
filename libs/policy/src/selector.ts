import type { DesiredPolicySelector } from '@netyard/contracts';
import { Prefix } from '@netyard/inet';
import type { Side } from './flow';

/** Whether labels are asked for; without any, the whole network is meant. */
export const asksForLabels = (labels: DesiredPolicySelector['labels']): labels is Record<string, string> =>
  labels !== null && Object.keys(labels).length > 0;

/** The whole of a network, whatever is on its bridge. */
export const isWholeNetwork = ({ labels }: DesiredPolicySelector): boolean => labels !== null && !asksForLabels(labels);

export const hasLabels = (labels: Record<string, string>, wanted: Record<string, string>): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** Whether the selector selects that end of a flow; null selects every one. */
export function selects(selector: DesiredPolicySelector | null, { networkId, member, address }: Side): boolean {
  if (selector === null) return true;
  if (member && selector.endpoints.includes(member.name)) return true;
  if (networkId === selector.networkId) {
    if (isWholeNetwork(selector)) return true;
    if (member && asksForLabels(selector.labels) && hasLabels(member.labels, selector.labels)) return true;
  }
  return selector.cidrs.some((cidr) => Prefix.parse(cidr)?.contains(address) ?? false);
}
