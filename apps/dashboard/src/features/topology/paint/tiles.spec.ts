import { describe, expect, it } from 'vitest';
import type { Rect } from '../layout/sizes';
import { tilesOf } from './tiles';

const at = (x: number, y: number, width = 100, height = 50): Rect => ({ x, y, width, height });

describe('tilesOf', () => {
  it('puts near things together, each within its tile, and large ones among large ones', () => {
    const rects = [at(0, 0), at(850, 900), at(5_000, 0), at(100, 100, 4_000, 60)];
    const tiles = tilesOf(rects, (rect) => rect);
    expect(tiles.map(({ items }) => items)).toEqual([[rects[0], rects[1]], [rects[2]], [rects[3]]]);
    expect(tiles[0]?.bounds).toEqual({ x: 0, y: 0, width: 950, height: 950 });
  });

  it('holds nothing for nothing', () => {
    expect(tilesOf<Rect>([], (rect) => rect)).toEqual([]);
  });
});
