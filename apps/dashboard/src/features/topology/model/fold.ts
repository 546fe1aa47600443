import { urgency, type Tone } from '../../../api/health';
import { topology as text } from '../../../messages/topology';
import { nodeId, type Topology, type TopologyGroup, type TopologyLink, type TopologyNode } from './graph';

/** More nodes than this are not read any more: groups are folded then, unless people open them. */
export const foldAbove = 200;

/** Which groups are folded: all of a large topology, none of a small one, but for those that were turned. */
export function foldedKeys({ nodes, groups }: Topology, turned: readonly string[]): ReadonlySet<string> {
  const isLarge = nodes.length > foldAbove;
  return new Set(groups.flatMap(({ key }) => (turned.includes(key) === isLarge ? [] : [key])));
}

/** Folds groups into one node each. Links of what is inside become the group's, those between the same two nodes become one. */
export function foldTopology({ nodes, links, groups }: Topology, folded: ReadonlySet<string>): Topology {
  if (folded.size === 0) return { nodes, links, groups };
  const members = new Map<string, TopologyNode[]>();
  const shown: TopologyNode[] = [];
  const place = new Map<string, string>();
  for (const node of nodes) {
    if (node.group === null || !folded.has(node.group)) {
      shown.push(node);
      continue;
    }
    place.set(node.id, nodeId('group', node.group));
    members.set(node.group, [...(members.get(node.group) ?? []), node]);
  }
  for (const group of groups) if (folded.has(group.key)) shown.push(groupNode(group, members.get(group.key) ?? []));
  return {
    nodes: shown,
    links: mergeLinks(links, (id) => place.get(id) ?? id),
    groups: groups.filter(({ key }) => !folded.has(key)),
  };
}

function groupNode(group: TopologyGroup, members: readonly TopologyNode[]): TopologyNode {
  const worst = worstOf([group.tone, ...members.map(({ tone }) => tone)]);
  return {
    id: nodeId('group', group.key),
    kind: 'group',
    title: group.title,
    detail: text.groupDetail({
      networks: members.filter(({ kind }) => kind === 'network').length,
      sandboxes: members.filter(({ kind }) => kind === 'sandbox').length,
      endpoints: members.reduce((sum, { kind, interfaces }) => sum + (kind === 'endpoint' ? 1 : interfaces.length), 0),
    }),
    tone: worst,
    state: members.find(({ tone }) => tone === worst)?.state ?? group.state,
    object: group.object,
    group: null,
    host: null,
    interfaces: [],
    isFaded: members.length > 0 && members.every(({ isFaded }) => isFaded),
    filter: '',
    createdAt: '',
  };
}

function mergeLinks(links: readonly TopologyLink[], placeOf: (id: string) => string): TopologyLink[] {
  const merged = new Map<string, TopologyLink>();
  for (const link of links) {
    const [from, to] = [placeOf(link.from), placeOf(link.to)];
    if (from === to) continue;
    if (from === link.from && to === link.to) {
      merged.set(link.id, link);
      continue;
    }
    const id = `${link.kind} ${from} ${to}`;
    const before = merged.get(id);
    merged.set(id, {
      ...link,
      id,
      from,
      to,
      tone: before ? worstOf([before.tone, link.tone]) : link.tone,
      endpoints: [...(before?.endpoints ?? []), ...link.endpoints],
    });
  }
  return [...merged.values()];
}

const worstOf = (tones: readonly Tone[]): Tone => tones.reduce((worst, tone) => (urgency(tone) < urgency(worst) ? tone : worst), 'ready');
