import { lettersFrom } from './paint/canvas-painter';
import { overlaps, type Scene } from './paint/scene';
import { seenThrough, type View } from './paint/view';
import type { Rect, Size } from './layout/sizes';

/** Which nodes and frames are elements of the page now, and for which part of the drawing. */
export interface Elements {
  scene: Scene | null;
  ids: ReadonlySet<string>;
  region: Rect | null;
  zoom: number;
}

/** More elements than this are slower to move than they are of use. */
const maxElements = 160;
/** As many are made at a time: the page answers meanwhile. */
const madeAtOnce = 24;
/** How much around what is in view is made ready, by its size: panning makes new elements seldom. */
const margin = 0.2;

export const noElements: Elements = { scene: null, ids: new Set(), region: null, zoom: 0 };

/** The elements for a view; the same as before while the view stays within what they were made for. */
export function elementsFor(scene: Scene, view: View, size: Size, before: Elements): Elements {
  const { zoom } = view;
  if (zoom < lettersFrom || size.width === 0) return before.ids.size === 0 && before.scene === scene ? before : { ...noElements, scene };
  const seen = seenThrough(view, size);
  const isNear = zoom / before.zoom < 1.5 && before.zoom / zoom < 1.5;
  if (before.scene === scene && before.region && isNear && contains(before.region, seen)) return before;
  const ids = idsIn(scene, seen);
  if (ids.size > maxElements) return { ...noElements, scene };
  const region = {
    x: seen.x - seen.width * margin,
    y: seen.y - seen.height * margin,
    width: seen.width * (1 + 2 * margin),
    height: seen.height * (1 + 2 * margin),
  };
  const around = idsIn(scene, region);
  return around.size > maxElements ? { scene, ids, region: seen, zoom } : { scene, ids: around, region, zoom };
}

/** The next step from what is on the page to what is to be: what goes goes at once, what comes comes a few at a time. The same set when there is nothing to do. */
export function nextElements(now: ReadonlySet<string>, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const next = new Set([...now].filter((id) => wanted.has(id)));
  const left = next.size < now.size;
  let made = 0;
  for (const id of wanted) {
    if (made === madeAtOnce) break;
    if (next.has(id)) continue;
    next.add(id);
    made++;
  }
  return left || made > 0 ? next : now;
}

const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

function idsIn({ nodes, frames }: Scene, region: Rect): Set<string> {
  const ids = new Set<string>();
  for (const { node, rect } of nodes) if (overlaps(rect, region)) ids.add(node.id);
  for (const frame of frames) if (overlaps(frame, region)) ids.add(`frame/${frame.group.key}`);
  return ids;
}
