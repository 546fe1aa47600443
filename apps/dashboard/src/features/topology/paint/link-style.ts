import type { Route } from '../layout/routes';
import type { TopologyLink } from '../model/graph';
import type { Rates } from '../traffic/rates';
import type { Palette } from './palette';

export interface LinkStyle {
  stroke: string;
  width: number;
  dash?: string;
}

/** From so many Mbit/s on a link is drawn so wide. */
const widths: readonly (readonly [mbps: number, width: number])[] = [
  [100, 4],
  [10, 3],
  [1, 2.2],
  [0.01, 1.6],
];
const idleWidth = 1.2;

/** What a link tells: how its endpoints fare, what they carry, and whether it is of what is looked at. */
function linkStyle({ kind, tone }: Pick<TopologyLink, 'kind' | 'tone'>, mbps: number, isLookedAt: boolean, palette: Palette): LinkStyle {
  const width = widths.find(([from]) => mbps >= from)?.[1] ?? idleWidth;
  const dash = tone === 'pending' ? { dash: '5 4' } : kind === 'tunnel' ? { dash: '1.5 4' } : {};
  if (tone === 'failing') return { stroke: palette['failing-bar'], width: Math.max(width, 2), dash: '7 3' };
  if (tone === 'warning' || tone === 'unknown' || tone === 'deleting')
    return { stroke: palette['warning-bar'], width: Math.max(width, 1.6), ...dash };
  if (isLookedAt || mbps >= 0.01) return { stroke: palette.accent, width: isLookedAt ? Math.max(width, 2) : width, ...dash };
  return { stroke: palette['line-strong'], width, ...dash };
}

/** What the endpoints of a link carry together, both ways, in Mbit/s. */
export const linkMbps = ({ link: { endpoints } }: Route, rates: Rates): number => {
  let sum = 0;
  for (const endpoint of endpoints) {
    const rate = rates.get(endpoint);
    if (rate) sum += rate.ingressMbps + rate.egressMbps;
  }
  return sum;
};

/** The parts of a link with the style of each. What it shares with others tells nothing of how it fares itself. */
export function styledPaths(
  { link, shared }: Route,
  mbps: number,
  isLookedAt: boolean,
  palette: Palette,
): { part: 'path' | 'shared'; style: LinkStyle }[] {
  const own = { part: 'path', style: linkStyle(link, mbps, isLookedAt, palette) } as const;
  return shared === '' ? [own] : [{ part: 'shared', style: linkStyle({ kind: link.kind, tone: 'ready' }, mbps, isLookedAt, palette) }, own];
}
