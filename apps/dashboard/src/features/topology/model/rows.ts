import { topology as text } from '../../../messages/topology';
import { nodeId, type Topology, type TopologyNode } from './graph';

/** A node, or an endpoint that is a link, as the table lists it. */
export interface TopologyRow extends Pick<TopologyNode, 'id' | 'kind' | 'title' | 'tone' | 'state' | 'object'> {
  group: string;
  /** By kind and name. */
  linkedTo: string[];
  /** Whose traffic is its own. */
  endpoints: readonly string[];
}

/** Everything that the drawing shows, links of endpoints included: each row tells what it is linked to. */
export function rowsOfTopology({ nodes, links, groups }: Topology): TopologyRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const linked = new Map<string, string[]>();
  const carried = new Map<string, string[]>();
  const note = (id: string, other: TopologyNode | undefined, endpoints: readonly string[]): void => {
    if (other) linked.set(id, [...(linked.get(id) ?? []), `${text.kinds[other.kind].toLowerCase()} ${other.title}`]);
    carried.set(id, [...(carried.get(id) ?? []), ...endpoints]);
  };
  for (const { from, to, endpoints } of links) {
    note(from, byId.get(to), endpoints);
    note(to, byId.get(from), endpoints);
  }
  const groupTitles = new Map(groups.map(({ key, title }) => [key, title]));
  const groupOf = ({ group }: TopologyNode): string => (group === null ? '' : (groupTitles.get(group) ?? group));
  const hosts = groups.filter(({ object }) => object?.kind === 'host');
  return [
    ...hosts.map(({ key, title, tone, state, object }) => ({
      id: nodeId('host', key),
      kind: 'host' as const,
      title,
      tone,
      state,
      object,
      group: '',
      linkedTo: [],
      endpoints: [],
    })),
    ...nodes.flatMap((node): TopologyRow[] => {
      const { id, kind, title, tone, state, object, interfaces } = node;
      const group = groupOf(node);
      const row = { id, kind, title, tone, state, object, group, linkedTo: linked.get(id) ?? [], endpoints: carried.get(id) ?? [] };
      const endpoints = interfaces.map((one): TopologyRow => ({
        id: nodeId('endpoint', one.endpoint),
        kind: 'endpoint',
        title: one.endpoint,
        tone: one.tone,
        state: one.state,
        object: { kind: 'endpoint', name: one.endpoint },
        group,
        linkedTo: [`${text.kinds.sandbox.toLowerCase()} ${title}`, `${text.kinds.network.toLowerCase()} ${one.networkName}`],
        endpoints: [one.endpoint],
      }));
      return [row, ...endpoints];
    }),
  ];
}
