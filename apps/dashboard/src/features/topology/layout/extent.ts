import type { Box } from './boxes';
import { framePadding, rowDistance, type Size } from './sizes';

/** Between boxes of one row. */
export const boxDistance = 28;
/** Width to height of what is packed, as screens have it. */
export const packedRatio = 1.7;

/** Up to this many boxes may stand side by side, in an order in which few links cross; more are packed, in their own order. */
const sideBySideUpTo = 8;
/** What that order is worth: a row may be seen by so much smaller than a grid would be. */
const rowPreference = 1.25;

/** Whether a row's boxes stand side by side. */
export function isSideBySide(row: readonly Box[]): boolean {
  if (row.length > sideBySideUpTo) return false;
  if (row.every(({ type }) => type === 'leaf')) return true;
  const sizes = row.map(extentOf);
  const grids = sizes.map((_, index) => scaleOf(gridOf(sizes, index + 1)));
  return scaleOf(lineOf(sizes)) * rowPreference >= Math.max(...grids);
}

/** How large something is seen when it is fitted into a screen. */
const scaleOf = ({ width, height }: Size): number => Math.min(packedRatio / width, 1 / height);

function gridOf(sizes: readonly Size[], columns: number): Size {
  const [width, height] = [Math.max(...sizes.map((size) => size.width)), Math.max(...sizes.map((size) => size.height))];
  return { width: columns * (width + boxDistance), height: Math.ceil(sizes.length / columns) * (height + boxDistance) };
}

/** About how large a box will be; the layout engine decides. */
export function extentOf(box: Box): Size {
  if (box.type === 'leaf' || box.type === 'block') return box;
  const rows = box.rows.map((row) => (isSideBySide(row) ? lineOf(row.map(extentOf)) : packOf(row.map(extentOf))));
  const { top, left, bottom, right } = box.type === 'frame' ? framePadding : { top: 0, left: 0, bottom: 0, right: 0 };
  return {
    width: Math.max(0, ...rows.map(({ width }) => width)) + left + right,
    height: rows.reduce((sum, { height }) => sum + height, 0) + rowDistance * Math.max(0, rows.length - 1) + top + bottom,
  };
}

const lineOf = (sizes: readonly Size[]): Size => ({
  width: sizes.reduce((sum, { width }) => sum + width + boxDistance, -boxDistance),
  height: Math.max(0, ...sizes.map(({ height }) => height)),
});

function packOf(sizes: readonly Size[]): Size {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + boxDistance) * (height + boxDistance), 0);
  return { width: Math.sqrt(area * packedRatio), height: Math.sqrt(area / packedRatio) };
}
