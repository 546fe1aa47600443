import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import type { TopologyLink } from '../model/graph';
import type { Box } from './boxes';
import { boxDistance, isSideBySide, packedRatio } from './extent';
import { framePadding, rowDistance } from './sizes';

/**
 * The tree as ELK's input. Each stack is a layered graph whose partitions are its rows, with the links that run between these; rows of many boxes are
 * packed first. Levels are laid out each by itself: cost grows with the number of boxes, not with that of the links.
 */
export function elkGraph(root: Box, links: readonly TopologyLink[]): ElkNode {
  const paths = new Map<string, readonly string[]>();
  collectPaths(root, [], paths);
  return toElk(root, edgesByBox(links, paths));
}

/** For each box, the pairs of its own boxes that links run between. */
type Edges = ReadonlyMap<string, ReadonlyMap<string, readonly [string, string]>>;

/** Of everything that is placed, the boxes that it is in, from the root on, itself at the end. */
function collectPaths(box: Box, above: readonly string[], paths: Map<string, readonly string[]>): void {
  const path = [...above, box.id];
  paths.set(box.id, path);
  if (box.type === 'block') for (const id of box.block.rects.keys()) paths.set(id, path);
  if (box.type === 'stack' || box.type === 'frame') for (const child of box.rows.flat()) collectPaths(child, path, paths);
}

function edgesByBox(links: readonly TopologyLink[], paths: ReadonlyMap<string, readonly string[]>): Edges {
  const edges = new Map<string, Map<string, readonly [string, string]>>();
  for (const { from, to } of links) {
    const [lower, upper] = [paths.get(from), paths.get(to)];
    if (!lower || !upper) continue;
    const depth = lower.findIndex((id, index) => id !== upper[index]);
    const [parent, source, target] = [lower[depth - 1], upper[depth], lower[depth]];
    if (parent === undefined || source === undefined || target === undefined) continue;
    const pairs = edges.get(parent) ?? new Map<string, readonly [string, string]>();
    pairs.set(`${source} ${target}`, [source, target]);
    edges.set(parent, pairs);
  }
  return edges;
}

function toElk(box: Box, edges: Edges): ElkNode {
  switch (box.type) {
    case 'leaf':
    case 'block':
      return { id: box.id, width: box.width, height: box.height };
    case 'stack':
    case 'frame':
      return stackToElk(box, edges);
    default:
      return box satisfies never;
  }
}

function stackToElk(box: Extract<Box, { rows: unknown }>, edges: Edges): ElkNode {
  const { top, left, bottom, right } = box.type === 'frame' ? framePadding : { top: 0, left: 0, bottom: 0, right: 0 };
  const rows = box.rows.map((row, index) =>
    isSideBySide(row) ? row.map((child) => toElk(child, edges)) : [packed(`${box.id} row ${index}`, row, edges)],
  );
  return {
    id: box.id,
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.partitioning.activate': 'true',
      'elk.padding': `[top=${top},left=${left},bottom=${bottom},right=${right}]`,
      'elk.spacing.nodeNode': String(boxDistance),
      'elk.layered.spacing.nodeNodeBetweenLayers': String(rowDistance),
      // What is linked to nothing keeps its row all the same.
      'elk.separateConnectedComponents': 'false',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    },
    children: rows.flatMap((row, index) =>
      row.map((child) => ({ ...child, layoutOptions: { ...child.layoutOptions, 'elk.partitioning.partition': String(index) } })),
    ),
    edges: edgesBetweenRows(rows, edges.get(box.id)),
  };
}

const packed = (id: string, row: readonly Box[], edges: Edges): ElkNode => ({
  id,
  layoutOptions: {
    'elk.algorithm': 'rectpacking',
    'elk.aspectRatio': String(packedRatio),
    'elk.spacing.nodeNode': String(boxDistance),
    'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  },
  children: row.map((child) => toElk(child, edges)),
});

/** Links between boxes of one row would put them one below the other; those of what is packed are its as a whole. */
function edgesBetweenRows(
  rows: readonly (readonly ElkNode[])[],
  pairs: ReadonlyMap<string, readonly [string, string]> | undefined,
): ElkExtendedEdge[] {
  const places = new Map<string, { id: string; row: number }>();
  for (const [row, nodes] of rows.entries())
    for (const { id, children = [] } of nodes)
      for (const inside of [id, ...children.map((child) => child.id)]) places.set(inside, { id, row });
  const found = new Map<string, ElkExtendedEdge>();
  for (const pair of pairs?.values() ?? []) {
    const [a, b] = [places.get(pair[0]), places.get(pair[1])];
    if (!a || !b || a.row === b.row) continue;
    const [upper, lower] = a.row < b.row ? [a, b] : [b, a];
    const id = `${upper.id} ${lower.id}`;
    found.set(id, { id, sources: [upper.id], targets: [lower.id] });
  }
  return [...found.values()];
}
