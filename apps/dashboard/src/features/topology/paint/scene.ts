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

export function sceneOf({ nodes, links }: Topology, placement: Placement): Scene {
  const placed = nodes.flatMap((node) => {
    const rect = placement.nodes.get(node.id);
    return rect ? [{ node, rect }] : [];
  });
  const { width, height } = placement;
  return {
    width,
    height,
    nodes: placed,
    byId: new Map(placed.map((one) => [one.node.id, one])),
    frames: [...placement.frames.values()],
    routes: routesOf(links, new Map(nodes.map((node) => [node.id, node])), placement),
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
