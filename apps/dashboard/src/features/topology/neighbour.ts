import type { Rect } from './layout/sizes';

export type Direction = 'left' | 'right' | 'up' | 'down';

const directions: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
export const directionOf = (key: string): Direction | undefined => directions[key];

/** How much more a step aside counts than one ahead. */
const asideWeight = 2.5;

/** The node that an arrow key leads to: the nearest in that direction, preferring what lies straight ahead. Undefined at the edge. */
export function neighbourOf(rects: ReadonlyMap<string, Rect>, from: string, direction: Direction): string | undefined {
  const start = rects.get(from);
  if (!start) return undefined;
  let best: { id: string; cost: number } | undefined;
  for (const [id, rect] of rects) {
    if (id === from) continue;
    const dx = middleX(rect) - middleX(start);
    const dy = middleY(rect) - middleY(start);
    const [ahead, aside] = direction === 'left' ? [-dx, dy] : direction === 'right' ? [dx, dy] : direction === 'up' ? [-dy, dx] : [dy, dx];
    if (ahead <= 4) continue;
    const cost = ahead + Math.abs(aside) * asideWeight;
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}

const middleX = ({ x, width }: Rect): number => x + width / 2;
const middleY = ({ y, height }: Rect): number => y + height / 2;
