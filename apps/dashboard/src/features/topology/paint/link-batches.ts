import { Memo } from '../../inventory/memo';
import type { Rect } from '../layout/sizes';
import type { Route } from '../layout/routes';
import type { Rates } from '../traffic/rates';
import { linkMbps, styledPaths, type LinkStyle } from './link-style';
import type { Palette } from './palette';
import { tilesOf } from './tiles';

/** Links of one style that are near each other, as one path. */
export interface LinkBatch {
  style: LinkStyle;
  bounds: Rect;
  path: Path2D;
}

interface Strand {
  style: LinkStyle;
  bounds: Rect;
  path: Path2D;
}

interface RoutePaths {
  path: Path2D;
  shared: Path2D;
}

/** Reading thousands of paths takes longer than drawing them. */
const paths = new Memo<Route, RoutePaths>();

/** What links look like now, in strokes that are as few as can be. What stands out comes last. */
export function linkBatches(routes: readonly Route[], rates: Rates, lookedAt: ReadonlySet<string>, palette: Palette): LinkBatch[] {
  const byStyle = new Map<string, Strand[]>();
  for (const route of routes) {
    const made = paths.of(route, [], () => ({ path: new Path2D(route.path), shared: new Path2D(route.shared) }));
    for (const { part, style } of styledPaths(route, linkMbps(route, rates), isLookedAt(route, lookedAt), palette)) {
      const key = `${style.stroke} ${style.width} ${style.dash ?? ''}`;
      const strand = { style, bounds: route.bounds, path: made[part] };
      const strands = byStyle.get(key);
      if (strands) strands.push(strand);
      else byStyle.set(key, [strand]);
    }
  }
  const standsOut = ({ style: { stroke } }: LinkBatch): number => Number(stroke !== palette['line-strong']);
  return [...byStyle.values()].flatMap(batchesOf).sort((a, b) => standsOut(a) - standsOut(b));
}

const batchesOf = (strands: readonly Strand[]): LinkBatch[] =>
  tilesOf(strands, ({ bounds }) => bounds).flatMap(({ bounds, items }) => {
    const [first] = items;
    if (!first) return [];
    const path = new Path2D();
    for (const strand of items) path.addPath(strand.path);
    return [{ style: first.style, bounds, path }];
  });

const isLookedAt = ({ link: { from, to, endpoints } }: Route, lookedAt: ReadonlySet<string>): boolean =>
  lookedAt.size > 0 && (lookedAt.has(from) || lookedAt.has(to) || endpoints.some((endpoint) => lookedAt.has(`endpoint/${endpoint}`)));
