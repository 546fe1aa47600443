import type { Rect, Size } from '../layout/sizes';
import type { View } from './view';

/** How large a drawing's pixel is on a map of it, and where its corner is there: as large as it can be, in the middle. */
export function mapView(drawing: Size, map: Size): View {
  const zoom = Math.min(map.width / Math.max(1, drawing.width), map.height / Math.max(1, drawing.height));
  return { zoom, x: (map.width - drawing.width * zoom) / 2, y: (map.height - drawing.height * zoom) / 2 };
}

/** Where a part of the drawing is on the map. */
export const onMap = ({ x, y, width, height }: Rect, view: View): Rect => ({
  x: view.x + x * view.zoom,
  y: view.y + y * view.zoom,
  width: width * view.zoom,
  height: height * view.zoom,
});

/** What of the drawing is at a point of the map. */
export const fromMap = (point: { x: number; y: number }, view: View): { x: number; y: number } => ({
  x: (point.x - view.x) / view.zoom,
  y: (point.y - view.y) / view.zoom,
});
