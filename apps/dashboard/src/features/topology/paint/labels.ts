import type { Rect } from '../layout/sizes';
import { overlaps } from './scene';

/** A name that is written over the drawing, in pixels of the screen. */
export interface Label {
  text: string;
  rect: Rect;
}

const height = 18;
const padding = 6;

/** Names around points of the screen, without any that would cover one before it: fewer names rather than smaller ones. */
export function placeLabels(wanted: readonly { text: string; x: number; y: number }[], widthOf: (text: string) => number): Label[] {
  const placed: Label[] = [];
  for (const { text, x, y } of wanted) {
    const width = widthOf(text) + 2 * padding;
    const rect = { x: x - width / 2, y: y - height / 2, width, height };
    if (!placed.some((label) => overlaps(label.rect, rect))) placed.push({ text, rect });
  }
  return placed;
}
