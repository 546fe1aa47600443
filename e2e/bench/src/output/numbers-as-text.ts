import type { Target, Unit } from '../measurement';

/** Three digits that count, as people read them. */
export function valueText(value: number, unit: Unit): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

export const targetText = (target: Target, unit: Unit): string =>
  'atMost' in target ? `≤ ${target.atMost} ${unit}` : `≥ ${target.atLeast} ${unit}`;

/** What goes into JSON: more digits would pretend to more than a run can tell. */
export const rounded = (value: number): number => Number(value.toPrecision(4));
