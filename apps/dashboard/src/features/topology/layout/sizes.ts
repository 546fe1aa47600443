import type { TopologyNode } from '../model/graph';

/** Where something is on the drawing, in its own pixels; zooming comes after. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Size = Pick<Rect, 'width' | 'height'>;

export const cardWidth = 188;
/** Of a card without interfaces, and of the head of one that has some. */
export const headHeight = 44;
export const interfaceHeight = 20;
const cardFoot = 6;

/** Between cards of a block: links come down in these gaps. */
export const gutter = 30;
export const rowGap = 14;
/** Between the rows of a frame: links run along in these gaps. */
export const rowDistance = 44;
export const framePadding = { top: 52, left: 22, bottom: 20, right: 22 } as const;

export function sizeOf({ kind, interfaces }: TopologyNode): Size {
  const foot = interfaces.length > 0 ? interfaces.length * interfaceHeight + cardFoot : 0;
  return { width: kind === 'group' ? cardWidth + 120 : cardWidth, height: (kind === 'group' ? headHeight + 20 : headHeight) + foot };
}

/** The middle of an interface's line on its sandbox's card. */
export const interfaceMiddle = ({ y }: Rect, index: number): number => y + headHeight + interfaceHeight * (index + 0.5);
