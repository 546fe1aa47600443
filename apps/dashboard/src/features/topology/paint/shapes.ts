import type { Tone } from '../../../api/health';
import type { TopologyNode } from '../model/graph';
import type { FrameRect } from '../layout/placement';
import { headHeight, interfaceMiddle, type Rect } from '../layout/sizes';
import { colourOf, type Palette } from './palette';

/** What is drawn, in terms that a canvas and SVG share. */
export type Shape =
  | { type: 'rect'; rect: Rect; radius: number; fill: string; stroke: string; width: number; dash?: string }
  | { type: 'text'; x: number; y: number; text: string; size: number; weight: number; fill: string }
  /** `scale` and `x`, `y` place a path that is drawn in a box of 16. */
  | { type: 'path'; path: string; x: number; y: number; scale: number; stroke: string; width: number; dash?: string };

/** In a box of 16: what tells states apart without colour. */
const glyphs: Record<Tone, { path: string; dash?: string }> = {
  ready: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5M5 8.2L7.2 10.4L11 6' },
  pending: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5', dash: '3 2.1' },
  failing: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5M8 4.6L8 8.6M8 11.1L8 11.4' },
  warning: { path: 'M8 1.8L15 14L1 14ZM8 6L8 9.6M8 11.7L8 12' },
  deleting: { path: 'M2.5 4L13.5 4M6 4L6 2L10 2L10 4M4 4L4.7 14L11.3 14L12 4' },
  unknown: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5M6.2 6.3A1.9 1.9 0 1 1 8 8.6L8 9.4M8 11.3L8 11.6' },
  idle: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5M5 8L11 8' },
};

const inset = 10;
/** Of the letters of the product's font, by the size; what does not fit is cut. */
const letterWidth = 0.56;

function fit(text: string, width: number, size: number): string {
  const letters = Math.max(1, Math.floor(width / (size * letterWidth)));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** How corners tell kinds apart: networks are round, what a host has of its own is angular. */
export const radii: Record<TopologyNode['kind'], number> = { network: 22, sandbox: 8, endpoint: 8, router: 3, host: 3, group: 12 };

export function cardShapes(node: TopologyNode, rect: Rect, palette: Palette): Shape[] {
  const { kind, tone, title, detail, state, interfaces } = node;
  const isNetwork = kind === 'network';
  const left = rect.x + (isNetwork ? inset + 6 : inset);
  const room = rect.width - (left - rect.x) * 2;
  const shapes: Shape[] = [
    {
      type: 'rect',
      rect,
      radius: radii[kind],
      fill: isNetwork || kind === 'group' ? palette.selected : kind === 'router' || kind === 'host' ? palette.sunken : palette.surface,
      stroke: isNetwork ? palette.accent : palette['line-strong'],
      width: 1,
      ...(kind === 'endpoint' ? { dash: '4 3' } : {}),
    },
    glyph(tone, left, rect.y + 8, 13, palette),
    { type: 'text', x: left + 19, y: rect.y + 19, text: fit(title, room - 19, 13), size: 13, weight: 600, fill: palette.ink },
    {
      type: 'text',
      x: left,
      y: rect.y + 35,
      text: fit([state, detail].filter(Boolean).join(' · '), room, 11),
      size: 11,
      weight: 400,
      fill: palette['ink-2'],
    },
  ];
  interfaces.forEach(({ name, address, tone: linkTone }, index) => {
    const middle = interfaceMiddle(rect, index);
    if (index === 0)
      shapes.push({
        type: 'path',
        path: `M${rect.x} ${rect.y + headHeight}L${rect.x + rect.width} ${rect.y + headHeight}`,
        x: 0,
        y: 0,
        scale: 1,
        stroke: palette.line,
        width: 1,
      });
    shapes.push(glyph(linkTone, left, middle - 5.5, 11, palette), {
      type: 'text',
      x: left + 17,
      y: middle + 4,
      text: fit(`${name} ${address}`, room - 17, 11),
      size: 11,
      weight: 400,
      fill: palette['ink-2'],
    });
  });
  return shapes;
}

/** The ground of a group that is open. */
export const frameGround = (frame: FrameRect, palette: Palette): Shape => ({
  type: 'rect',
  rect: frame,
  radius: 14,
  fill: palette.canvas,
  stroke: palette.line,
  width: 1.5,
});

/** What stands at its head; nothing where a node in it says the same. */
export function frameHead({ group: { title, detail, state, tone, isNamedInside }, ...rect }: FrameRect, palette: Palette): Shape[] {
  if (isNamedInside) return [];
  const hasState = state !== '';
  const line = fit([state, detail].filter(Boolean).join(' · '), rect.width - 36, 11);
  return [
    ...(hasState ? [glyph(tone, rect.x + 18, rect.y + 13, 14, palette)] : []),
    {
      type: 'text',
      x: rect.x + (hasState ? 38 : 18),
      y: rect.y + 24,
      text: fit(title, rect.width - 60, 15),
      size: 15,
      weight: 600,
      fill: palette.ink,
    },
    { type: 'text', x: rect.x + 18, y: rect.y + 41, text: line, size: 11, weight: 400, fill: palette['ink-2'] },
  ];
}

const glyph = (tone: Tone, x: number, y: number, size: number, palette: Palette): Shape => ({
  type: 'path',
  ...glyphs[tone],
  x,
  y,
  scale: size / 16,
  stroke: colourOf(tone, palette),
  width: 1.7,
});
