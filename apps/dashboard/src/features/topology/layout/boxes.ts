import { nodeId, type Topology, type TopologyGroup, type TopologyNode } from '../model/graph';
import { arrangeBlock, type Block } from './block';
import { sizeOf, type Size } from './sizes';

/** What the layout engine places: nodes and blocks as they are, stacks and frames by what is in them. */
export type Box =
  | ({ type: 'leaf'; id: string } & Size)
  | ({ type: 'block'; id: string; block: Block } & Size)
  /** Rows of boxes, one below the other. */
  | { type: 'stack'; id: string; rows: readonly (readonly Box[])[] }
  | { type: 'frame'; id: string; group: TopologyGroup; rows: readonly (readonly Box[])[] };

/** Where the cards of a block are. */
export type BlockSlots = Pick<Block, 'slots' | 'columns'>;
/** Blocks by their ids. */
interface Blocks {
  get(id: string): BlockSlots | undefined;
}

export const rootId = 'root';
export const frameId = (key: string): string => `frame/${key}`;

/**
 * The tree of boxes of a topology: hosts above, router namespaces below them, then networks, each over a block of the sandboxes whose first interface is in it,
 * and groups as frames around the same. `before`: the blocks that were shown, whose cards keep their places.
 */
export function boxesOf({ nodes, groups }: Topology, before: Blocks): Box {
  const inGroup = new Map<string | null, TopologyNode[]>();
  for (const node of nodes) inGroup.set(node.group, [...(inGroup.get(node.group) ?? []), node]);
  const frames = groups.map((group): Box => ({
    type: 'frame',
    id: frameId(group.key),
    group,
    rows: rowsOf(inGroup.get(group.key) ?? [], group.key, [], before),
  }));
  return { type: 'stack', id: rootId, rows: rowsOf(inGroup.get(null) ?? [], '', frames, before) };
}

function rowsOf(nodes: readonly TopologyNode[], place: string, frames: readonly Box[], before: Blocks): Box[][] {
  const sorted = [...nodes].sort((a, b) => collator.compare(a.title, b.title));
  const of = (kind: TopologyNode['kind']) => sorted.filter((node) => node.kind === kind);
  const networks = of('network');
  const members = new Map<string, TopologyNode[]>(networks.map(({ id }) => [id, []]));
  const loose: TopologyNode[] = [];
  for (const sandbox of of('sandbox')) (members.get(sandbox.interfaces[0]?.networkNode ?? '') ?? loose).push(sandbox);
  const isSpine = ({ id }: TopologyNode): boolean => frames.length + of('group').length > 0 && (members.get(id) ?? []).length === 0;
  const cells = networks.filter((network) => !isSpine(network)).map((network) => cellOf(network, members.get(network.id) ?? [], before));
  const rows: Box[][] = [
    of('host').map(leaf),
    of('router').map(leaf),
    networks.filter(isSpine).map(leaf),
    [...frames, ...of('group').map(leaf), ...cells],
    blocksOf(`block/${place}`, [...loose, ...of('endpoint')], before),
  ];
  return rows.filter(({ length }) => length > 0);
}

/** A network over its sandboxes. */
function cellOf(network: TopologyNode, sandboxes: readonly TopologyNode[], before: Blocks): Box {
  if (sandboxes.length === 0) return leaf(network);
  return {
    type: 'stack',
    id: nodeId('group', `cell ${network.id}`),
    rows: [[leaf(network)], blocksOf(`block/${network.id}`, sandboxes, before)],
  };
}

function blocksOf(id: string, nodes: readonly TopologyNode[], before: Blocks): Box[] {
  if (nodes.length === 0) return [];
  const block = arrangeBlock(nodes, before.get(id));
  return [{ type: 'block', id, block, width: block.width, height: block.height }];
}

const leaf = (node: TopologyNode): Box => ({ type: 'leaf', id: node.id, ...sizeOf(node) });

const collator = new Intl.Collator('en', { numeric: true });

/** The blocks of a tree, for the next one. */
export function blocksIn(box: Box): Map<string, Block> {
  if (box.type === 'leaf') return new Map();
  if (box.type === 'block') return new Map([[box.id, box.block]]);
  return new Map(box.rows.flat().flatMap((child) => [...blocksIn(child)]));
}
