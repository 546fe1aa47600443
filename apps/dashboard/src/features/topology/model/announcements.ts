import { urgency, type Health } from '../../../api/health';
import type { AnyRow, Inventory } from '../../inventory/inventory';
import { topology as text } from '../../../messages/topology';
import { nodeId, type Topology } from './graph';

/** How everything that is shown fares, by kind and name. */
export type States = ReadonlyMap<string, { kind: 'host' | 'network' | 'sandbox' | 'endpoint'; name: string; health: Health }>;

/** More than this is not listened to: the rest is counted. */
const toldAtOnce = 3;

export function statesOf({ nodes, groups }: Topology, { hosts, networks, sandboxes, endpoints }: Inventory): States {
  const shown = new Set<string>();
  for (const { object } of [...nodes, ...groups]) if (object) shown.add(`${object.kind}/${object.name}`);
  for (const { interfaces } of nodes) for (const { endpoint } of interfaces) shown.add(nodeId('endpoint', endpoint));
  const states = new Map<string, { kind: 'host' | 'network' | 'sandbox' | 'endpoint'; name: string; health: Health }>();
  for (const { kind, name, health } of [...hosts, ...networks, ...sandboxes, ...endpoints] satisfies AnyRow[])
    if (shown.has(`${kind}/${name}`)) states.set(`${kind}/${name}`, { kind, name, health });
  return states;
}

/** What to say of the difference; empty: nothing. What comes, and what goes, is no change of a state. */
export function announcementOf(before: States, now: States): string {
  const changed = [...now]
    .filter(([key, { health }]) => {
      const former = before.get(key);
      return former !== undefined && former.health.label !== health.label;
    })
    .sort(([, a], [, b]) => urgency(a.health.tone) - urgency(b.health.tone));
  const told = changed
    .slice(0, toldAtOnce)
    .map(([, { kind, name, health }]) => text.changed(text.kinds[kind], name, health.label, health.message));
  return [...told, ...(changed.length > toldAtOnce ? [text.moreChanged(changed.length - toldAtOnce)] : [])].join('; ');
}
