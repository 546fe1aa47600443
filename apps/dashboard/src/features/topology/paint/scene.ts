import { keptList, Memo } from '../../inventory/memo';
import type { TopologyNode } from '../model/graph';
import type { FrameRect, Placement } from '../layout/placement';
import { routesOf, type Route } from '../layout/routes';
import type { Rect } from '../layout/sizes';
import type { Topology } from '../model/graph';

export interface PlacedNode {
  node: TopologyNode;
  rect: Rect;
}

/** A topology with a place for everything in it. */
export interface Scene {
  width: number;
  height: number;
  nodes: readonly PlacedNode[];
  byId: ReadonlyMap<string, PlacedNode>;
  frames: readonly FrameRect[];
  routes: readonly Route[];
}

const memo = new Memo<TopologyNode, PlacedNode>();

/** `before`: the scene that was shown, of which all is kept that is the same. */
export function sceneOf({ nodes, links }: Topology, placement: Placement, before?: Scene): Scene {
  const placed: PlacedNode[] = [];
  const byId = new Map<string, PlacedNode>();
  for (const node of nodes) {
    const rect = placement.nodes.get(node.id);
    if (!rect) continue;
    const one = memo.of(node, [rect], () => ({ node, rect }));
    placed.push(one);
    byId.set(node.id, one);
  }
  const { width, height } = placement;
  return {
    width,
    height,
    nodes: keptList(before?.nodes, placed),
    byId,
    frames: [...placement.frames.values()],
    routes: keptList(before?.routes, routesOf(links, new Map(nodes.map((node) => [node.id, node])), placement)),
  };
}

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const holds = ({ x, y, width, height }: Rect, point: { x: number; y: number }): boolean =>
  point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;

/** What is at a point of the drawing: a card before the frame that it is in. */
export function hit({ nodes, frames }: Scene, point: { x: number; y: number }): { node: TopologyNode } | { frame: FrameRect } | null {
  const placed = nodes.find(({ rect }) => holds(rect, point));
  if (placed) return { node: placed.node };
  const frame = frames.find((one) => holds(one, point));
  return frame ? { frame } : null;
}
