import type { Rect, Size } from '../layout/sizes';

/** Which part of a drawing is seen: where its corner is on the screen, and how large one of its pixels is there. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** A view through a canvas that has `ratio` pixels for each of the screen's. */
export interface Sight {
  ratio: number;
  view: View;
  /** In the drawing's own pixels. */
  seen: Rect;
}

export const seenThrough = ({ x, y, zoom }: View, { width, height }: Size): Rect => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});
