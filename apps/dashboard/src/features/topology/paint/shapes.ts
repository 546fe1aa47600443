import type { Tone } from '../../../api/health';
import type { TopologyNode } from '../model/graph';
import type { FrameRect } from '../layout/placement';
import { headHeight, interfaceMiddle, type Rect } from '../layout/sizes';
import { colourOf, type Palette } from './palette';
import { kindSigns, toneSigns, type Sign } from './signs';

/** What is drawn, in terms that a canvas and SVG share. */
export type Shape =
  | { type: 'rect'; rect: Rect; radius: number; fill: string; stroke: string; width: number; dash?: string }
  | { type: 'text'; x: number; y: number; text: string; size: number; weight: number; fill: string }
  /** `scale` and `x`, `y` place a path that is drawn in a box of 16. */
  | { type: 'path'; path: string; x: number; y: number; scale: number; stroke: string; width: number; dash?: string };

/** From a card's edge to what stands in it. */
export const inset = 11;
/** A sandbox's handle stands at its right edge, before the sign of its state. */
const handleRoom = 12;
const signSize = 14;
const signGap = 6;
/** Of the letters of the product's font, by the size; what does not fit is cut. */
const letterWidth = 0.56;

/** As much of a text as there is room for. */
export function fit(text: string, width: number, size: number): string {
  const letters = Math.max(1, Math.floor(width / (size * letterWidth)));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** How corners tell kinds apart: networks are round, what a host has of its own is angular. */
export const radii: Record<TopologyNode['kind'], number> = { network: 22, sandbox: 8, endpoint: 8, router: 3, host: 3, group: 12 };

/** Of what is only there because it is linked to something else. */
export const fadedOpacity = 0.45;

export function cardShapes(node: TopologyNode, rect: Rect, palette: Palette): Shape[] {
  const { kind, tone, title, detail, state, interfaces } = node;
  const isNetwork = kind === 'network';
  const left = rect.x + (isNetwork ? inset + 6 : inset);
  const right = 2 * rect.x + rect.width - left;
  const signLeft = right - signSize - (kind === 'sandbox' ? handleRoom : 0);
  const titleLeft = left + signSize + signGap;
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
    signShape(kindSigns[kind], left, rect.y + 7.5, signSize, palette['ink-3']),
    {
      type: 'text',
      x: titleLeft,
      y: rect.y + 19,
      text: fit(title, signLeft - signGap - titleLeft, 13),
      size: 13,
      weight: 600,
      fill: palette.ink,
    },
    toneShape(tone, signLeft, rect.y + 7.5, signSize, palette),
    {
      type: 'text',
      x: left,
      y: rect.y + 35,
      text: fit([state, detail].filter(Boolean).join(' · '), right - left, 11),
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
    shapes.push(toneShape(linkTone, left, middle - 6, 12, palette), {
      type: 'text',
      x: left + 18,
      y: middle + 4,
      text: fit(`${name} ${address}`, right - left - 18, 11),
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
    ...(hasState ? [toneShape(tone, rect.x + 18, rect.y + 11, 14, palette)] : []),
    {
      type: 'text',
      x: rect.x + (hasState ? 38 : 18),
      y: rect.y + 23.5,
      text: fit(title, rect.width - 60, 15),
      size: 15,
      weight: 600,
      fill: palette.ink,
    },
    { type: 'text', x: rect.x + 18, y: rect.y + 40, text: line, size: 11, weight: 400, fill: palette['ink-2'] },
  ];
}

const toneShape = (tone: Tone, x: number, y: number, size: number, palette: Palette): Shape =>
  signShape(toneSigns[tone], x, y, size, colourOf(tone, palette));

const signShape = (sign: Sign, x: number, y: number, size: number, stroke: string): Shape => ({
  type: 'path',
  ...sign,
  x,
  y,
  scale: size / 16,
  stroke,
  width: 1.5,
});
