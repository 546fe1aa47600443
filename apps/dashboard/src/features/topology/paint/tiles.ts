import type { Rect } from '../layout/sizes';

/** Things that are near each other, and what they are all within. */
export interface Tile<Item> {
  bounds: Rect;
  items: Item[];
}

/** The smallest tiles are so long; larger things are in larger ones. */
const tileLength = 1_000;

/** Puts things that are near each other together: what is out of view is passed over by the tile. Each is in one, which is at most twice as long as itself or as the smallest. */
export function tilesOf<Item>(items: readonly Item[], boundsOf: (item: Item) => Rect): Tile<Item>[] {
  const tiles = new Map<string, Tile<Item>>();
  for (const item of items) {
    const bounds = boundsOf(item);
    const level = Math.max(0, Math.ceil(Math.log2(Math.max(bounds.width, bounds.height) / tileLength)));
    const length = tileLength * 2 ** level;
    const key = `${level} ${Math.floor(bounds.x / length)} ${Math.floor(bounds.y / length)}`;
    const tile = tiles.get(key);
    if (!tile) tiles.set(key, { bounds, items: [item] });
    else {
      tile.bounds = union(tile.bounds, bounds);
      tile.items.push(item);
    }
  }
  return [...tiles.values()];
}

function union(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
