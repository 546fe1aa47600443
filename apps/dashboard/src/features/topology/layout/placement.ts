import type { ElkNode } from 'elkjs/lib/elk-api';
import type { TopologyGroup } from '../model/graph';
import type { Box } from './boxes';
import type { Rect, Size } from './sizes';

export interface FrameRect extends Rect {
  group: TopologyGroup;
}

/** Where everything is. */
export interface Placement extends Size {
  nodes: ReadonlyMap<string, Rect>;
  frames: ReadonlyMap<string, FrameRect>;
  /** Of cards in a block: where the block begins, along whose top their links run. */
  blockTops: ReadonlyMap<string, { id: string; top: number }>;
}

/** Reads ELK's answer, whose positions are each relative to the box around, into positions on the drawing. */
export function readPlacement(root: Box, laidOut: ElkNode): Placement {
  const boxes = new Map<string, Box>();
  collect(root, boxes);
  const nodes = new Map<string, Rect>();
  const frames = new Map<string, FrameRect>();
  const blockTops = new Map<string, { id: string; top: number }>();
  const visit = (elk: ElkNode, left: number, top: number): void => {
    const rect = { x: left + (elk.x ?? 0), y: top + (elk.y ?? 0), width: elk.width ?? 0, height: elk.height ?? 0 };
    const box = boxes.get(elk.id);
    if (box?.type === 'leaf') nodes.set(box.id, rect);
    if (box?.type === 'frame') frames.set(box.group.key, { ...rect, group: box.group });
    if (box?.type === 'block')
      for (const [id, card] of box.block.rects) {
        nodes.set(id, { ...card, x: rect.x + card.x, y: rect.y + card.y });
        blockTops.set(id, { id: box.id, top: rect.y });
      }
    for (const child of elk.children ?? []) visit(child, rect.x, rect.y);
  };
  visit(laidOut, 0, 0);
  return { nodes, frames, blockTops, width: laidOut.width ?? 0, height: laidOut.height ?? 0 };
}

function collect(box: Box, boxes: Map<string, Box>): void {
  boxes.set(box.id, box);
  if (box.type === 'stack' || box.type === 'frame') for (const child of box.rows.flat()) collect(child, boxes);
}
