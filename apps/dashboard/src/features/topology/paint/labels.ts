import type { Rect } from '../layout/sizes';
import { overlaps } from './scene';

/** A name that is written over the drawing, in pixels of the screen. */
export interface Label {
  text: string;
  rect: Rect;
}

const height = 18;
const padding = 6;
const edge = 2;

/** Names around points of the screen, which is so wide, without any that would cover one before it: fewer names rather than smaller ones. */
export function placeLabels(
  wanted: readonly { text: string; x: number; y: number }[],
  widthOf: (text: string) => number,
  screenWidth: number,
): Label[] {
  const placed: Label[] = [];
  for (const { text, x, y } of wanted) {
    const width = widthOf(text) + 2 * padding;
    // None is cut by the edge, unless what it names is beyond.
    const left = x < 0 || x > screenWidth ? x - width / 2 : Math.max(edge, Math.min(x - width / 2, screenWidth - width - edge));
    const rect = { x: left, y: y - height / 2, width, height };
    if (!placed.some((label) => overlaps(label.rect, rect))) placed.push({ text, rect });
  }
  return placed;
}
