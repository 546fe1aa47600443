import type { Tone } from '../../../api/health';

const names = [
  'canvas',
  'surface',
  'sunken',
  'line',
  'line-strong',
  'ink',
  'ink-2',
  'ink-3',
  'accent',
  'selected',
  'ready',
  'pending',
  'warning',
  'warning-bar',
  'failing',
  'failing-bar',
] as const;

/** The colours of the theme, as the drawing and its exports use them. */
export type Palette = Record<(typeof names)[number], string>;

/** The theme that an element is in. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Palette;
}

const toneColours: Record<Tone, keyof Palette> = {
  ready: 'ready',
  pending: 'pending',
  failing: 'failing',
  warning: 'warning',
  deleting: 'warning',
  unknown: 'warning',
  idle: 'ink-3',
};

export const colourOf = (tone: Tone, palette: Palette): string => palette[toneColours[tone]];
