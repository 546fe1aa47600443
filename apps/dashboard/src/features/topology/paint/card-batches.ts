import type { Rect } from '../layout/sizes';
import { colourOf, type Palette } from './palette';
import type { PlacedNode } from './scene';
import { fadedOpacity, radii } from './shapes';
import { tilesOf } from './tiles';

/** Cards that are near each other, as few paths: what they look like where their letters cannot be read. */
export interface CardBatch {
  bounds: Rect;
  nodes: readonly PlacedNode[];
  opacity: number;
  outlines: { path: Path2D; fill: string; stroke: string }[];
  strips: { path: Path2D; fill: string }[];
}

/** Along the left of a card that is Ready, along the top of others: states are told apart by place as well. */
const stripWidth = 14;
export const stripHeight = 12;

export function cardBatches(nodes: readonly PlacedNode[], palette: Palette): CardBatch[] {
  const faded = nodes.filter(({ node }) => node.isFaded);
  const clear = faded.length === 0 ? nodes : nodes.filter(({ node }) => !node.isFaded);
  return [...batchesOf(faded, fadedOpacity, palette), ...batchesOf(clear, 1, palette)];
}

const batchesOf = (nodes: readonly PlacedNode[], opacity: number, palette: Palette): CardBatch[] =>
  tilesOf(nodes, ({ rect }) => rect).map(({ bounds, items }) => ({ bounds, nodes: items, opacity, ...pathsOf(items, palette) }));

function pathsOf(nodes: readonly PlacedNode[], palette: Palette): Pick<CardBatch, 'outlines' | 'strips'> {
  const plain = new Path2D();
  const round = new Path2D();
  const strips = new Map<string, Path2D>();
  for (const { node, rect } of nodes) {
    const isRound = node.kind === 'network' || node.kind === 'group';
    (isRound ? round : plain).roundRect(rect.x, rect.y, rect.width, rect.height, radii[node.kind]);
    const colour = colourOf(node.tone, palette);
    const strip = strips.get(colour) ?? new Path2D();
    strips.set(colour, strip);
    const inset = isRound ? radii[node.kind] / 2 : 2;
    if (node.tone === 'ready') strip.roundRect(rect.x, rect.y + inset, stripWidth, rect.height - 2 * inset, 4);
    else strip.roundRect(rect.x + inset, rect.y, rect.width - 2 * inset, stripHeight, 4);
  }
  return {
    outlines: [
      { path: plain, fill: palette.surface, stroke: palette['line-strong'] },
      { path: round, fill: palette.selected, stroke: palette.accent },
    ],
    strips: [...strips].map(([fill, path]) => ({ fill, path })),
  };
}
