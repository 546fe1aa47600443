import { matchesFilter } from '../../inventory/filter';
import type { Topology } from './graph';

/** What matches the filter, and, faded, what that is linked to. Endpoints count for their sandboxes. */
export function narrowTopology({ nodes, links, groups }: Topology, filter: string, endpointFilters: ReadonlyMap<string, string>): Topology {
  if (filter.trim() === '') return { nodes, links, groups };
  const matched = new Set(
    nodes
      .filter(
        (node) =>
          matchesFilter(node.filter, filter) ||
          node.interfaces.some(({ endpoint }) => matchesFilter(endpointFilters.get(endpoint) ?? '', filter)),
      )
      .map(({ id }) => id),
  );
  const kept = new Set(matched);
  for (const { from, to } of links) {
    if (matched.has(from)) kept.add(to);
    if (matched.has(to)) kept.add(from);
  }
  const shown = nodes.filter(({ id }) => kept.has(id)).map((node) => (matched.has(node.id) ? node : { ...node, isFaded: true }));
  const used = new Set(shown.flatMap(({ group }) => group ?? []));
  return {
    nodes: shown,
    links: links.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    groups: groups.filter(({ key }) => used.has(key)),
  };
}
