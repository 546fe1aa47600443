import { Memo } from '../../inventory/memo';
import type { TopologyLink, TopologyNode } from '../model/graph';
import type { Placement } from './placement';
import { gutter, interfaceMiddle, rowDistance, type Rect } from './sizes';

/** A link as it is drawn. */
export interface Route {
  link: TopologyLink;
  /** As SVG writes paths. */
  path: string;
  /** What it has in common with other links before that; empty: nothing. */
  shared: string;
  /** Where a label stands: near the lower end. */
  label: { x: number; y: number };
  /** What it does not leave. */
  bounds: Rect;
}

/** A route is the same one as long as its link is, and the places are. */
const memo = new Memo<TopologyLink, Route | null>();

/**
 * The ways of links. Between a network and the sandboxes below it they run as along a bus: down from the network, along the top of the block, down a gutter, and into the
 * interface's line. All others are curves.
 */
export function routesOf(links: readonly TopologyLink[], nodes: ReadonlyMap<string, TopologyNode>, placement: Placement): Route[] {
  const routes: Route[] = [];
  for (const link of links) {
    const index = nodes.get(link.from)?.interfaces.findIndex(({ endpoint }) => endpoint === link.endpoints[0]) ?? -1;
    const route = memo.of(link, [placement.nodes, index], () => routeOf(link, index, placement));
    if (route) routes.push(route);
  }
  return routes;
}

/** `index`: that of the interface that the link leads from; -1: from none. Null while an end of it has no place. */
function routeOf(link: TopologyLink, index: number, placement: Placement): Route | null {
  const [lower, upper] = [placement.nodes.get(link.from), placement.nodes.get(link.to)];
  if (!lower || !upper) return null;
  const block = placement.blockTops.get(link.from);
  const bounds = around(lower, upper);
  if (index < 0 || !block)
    return { link, path: curve(lower, upper), shared: '', label: { x: lower.x + lower.width / 2, y: lower.y - 8 }, bounds };
  const y = interfaceMiddle(lower, index);
  const label = { x: lower.x - gutter / 2, y };
  const isOwn = block.id === `block/${link.to}`;
  const paths = isOwn ? busPaths(upper, lower, y, block.top) : { path: sidePath(upper, lower, y), shared: '' };
  return { link, ...paths, label, bounds };
}

/** How far a link swings out beyond the cards that it is between. */
const swing = 48;

function around(a: Rect, b: Rect): Rect {
  const [left, top] = [Math.min(a.x, b.x) - swing, Math.min(a.y, b.y) - swing];
  const [right, bottom] = [Math.max(a.x + a.width, b.x + b.width) + swing, Math.max(a.y + a.height, b.y + b.height) + swing];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const corner = 7;

function busPaths(network: Rect, card: Rect, y: number, blockTop: number): Pick<Route, 'path' | 'shared'> {
  const startX = network.x + network.width / 2;
  const startY = network.y + network.height;
  const bus = blockTop - rowDistance / 2;
  const drop = card.x - gutter / 2;
  const side = Math.sign(drop - startX);
  const bend = Math.min(corner, Math.abs(drop - startX) / 2);
  const across =
    bend === 0
      ? ''
      : `L${startX} ${bus - bend}Q${startX} ${bus} ${startX + side * bend} ${bus}L${drop - side * bend} ${bus}Q${drop} ${bus} ${drop} ${bus + bend}`;
  const end = y - 2 * corner;
  return {
    shared: `M${startX} ${startY}${across}L${drop} ${end}`,
    path: `M${drop} ${end}L${drop} ${y - corner}Q${drop} ${y} ${drop + corner} ${y}L${card.x} ${y}`,
  };
}

/** Into an interface that is not of the block's own network: from the side. */
function sidePath(network: Rect, card: Rect, y: number): string {
  const isLeft = network.x + network.width / 2 < card.x + card.width / 2;
  const endX = isLeft ? card.x : card.x + card.width;
  const away = isLeft ? -swing : swing;
  const isAbove = network.y + network.height / 2 <= y;
  const startX = network.x + network.width / 2;
  const startY = isAbove ? network.y + network.height : network.y;
  const reach = Math.max(40, Math.abs(y - startY) / 2) * (isAbove ? 1 : -1);
  return `M${startX} ${startY}C${startX} ${startY + reach} ${endX + away} ${y} ${endX} ${y}`;
}

/** From the side of one that faces the other. */
function curve(a: Rect, b: Rect): string {
  const [ax, ay, bx, by] = [a.x + a.width / 2, a.y + a.height / 2, b.x + b.width / 2, b.y + b.height / 2];
  const isVertical = a.y > b.y + b.height || b.y > a.y + a.height;
  if (isVertical) {
    const [startY, endY] = ay > by ? [a.y, b.y + b.height] : [a.y + a.height, b.y];
    const middle = (startY + endY) / 2;
    return `M${ax} ${startY}C${ax} ${middle} ${bx} ${middle} ${bx} ${endY}`;
  }
  const [startX, endX] = ax > bx ? [a.x, b.x + b.width] : [a.x + a.width, b.x];
  const middle = (startX + endX) / 2;
  return `M${startX} ${ay}C${middle} ${ay} ${middle} ${by} ${endX} ${by}`;
}
