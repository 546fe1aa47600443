import type { TopologyNode } from '../model/graph';
import { cardWidth, gutter, rowGap, sizeOf, type Rect, type Size } from './sizes';

/** Cards in columns and rows. Slots are numbered along the rows. */
export interface Block extends Size {
  rects: ReadonlyMap<string, Rect>;
  slots: ReadonlyMap<string, number>;
  columns: number;
}

/** Few widths, so that one card more seldom moves the others. */
const columnCounts = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32] as const;
/** How many cards wide a block is, by the square root of their number: wider than high on the screen. */
const breadth = 0.75;

export const columnsFor = (count: number): number =>
  columnCounts.find((columns) => columns >= Math.sqrt(count) * breadth) ?? columnCounts[columnCounts.length - 1] ?? 1;

/** Gives each card a slot. What had one keeps it while the columns are as many; others take the first that is free, in the order that they came. */
export function arrangeBlock(nodes: readonly TopologyNode[], before: Pick<Block, 'slots' | 'columns'> | undefined): Block {
  const columns = columnsFor(nodes.length);
  const kept = before?.columns === columns ? before.slots : new Map<string, number>();
  const slots = new Map<string, number>();
  const taken = new Set<number>();
  // A slot far out, left by many that went, would keep a block large that has become small.
  const limit = Math.ceil((nodes.length * 1.25) / columns) * columns;
  for (const { id } of nodes) {
    const slot = kept.get(id);
    if (slot === undefined || slot >= limit || taken.has(slot)) continue;
    slots.set(id, slot);
    taken.add(slot);
  }
  let next = 0;
  for (const { id } of [...nodes].sort(inOrderOfComing)) {
    if (slots.has(id)) continue;
    while (taken.has(next)) next++;
    slots.set(id, next);
    taken.add(next);
  }
  return { ...rectsOf(nodes, slots, columns), slots, columns };
}

function rectsOf(nodes: readonly TopologyNode[], slots: ReadonlyMap<string, number>, columns: number): Size & Pick<Block, 'rects'> {
  const rowHeights: number[] = [];
  for (const node of nodes) {
    const row = Math.floor((slots.get(node.id) ?? 0) / columns);
    rowHeights[row] = Math.max(rowHeights[row] ?? 0, sizeOf(node).height);
  }
  const tops: number[] = [];
  let top = 0;
  for (let row = 0; row < rowHeights.length; row++) {
    tops.push(top);
    top += (rowHeights[row] ?? 0) + rowGap;
  }
  const rects = new Map<string, Rect>();
  for (const node of nodes) {
    const slot = slots.get(node.id) ?? 0;
    const x = gutter / 2 + (slot % columns) * (cardWidth + gutter);
    rects.set(node.id, { x, y: tops[Math.floor(slot / columns)] ?? 0, ...sizeOf(node) });
  }
  const usedColumns = Math.min(columns, Math.max(0, ...slots.values()) + 1);
  return { rects, width: usedColumns * (cardWidth + gutter), height: Math.max(0, top - rowGap) };
}

const collator = new Intl.Collator('en', { numeric: true });
const inOrderOfComing = (a: TopologyNode, b: TopologyNode): number =>
  compare(a.createdAt, b.createdAt) || collator.compare(a.title, b.title);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
