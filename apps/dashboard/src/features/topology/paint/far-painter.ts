import { cardBatches, stripHeight, type CardBatch } from './card-batches';
import { fontFamily } from './draw-shape';
import { placeLabels } from './labels';
import type { Palette } from './palette';
import { overlaps, type PlacedNode, type Scene } from './scene';
import { fit } from './shapes';
import type { Sight } from './view';

/** Nothing is written smaller than this, in pixels of the screen. */
const letterSize = 11;
const font = `600 ${letterSize}px ${fontFamily}`;
const padding = 6;
/** Of a name that is cut as many letters have to be there. */
const leastLetters = 8;
/** Of a frame's head on the drawing: where a name has no room in it, it stands over the frame's edge. */
const headHeight = 46;

interface Named {
  text: string;
  x: number;
  y: number;
}

/** Cards where their own letters would be too small: shapes and states, and as many names as can be read. */
export class FarPainter {
  #of: { nodes: readonly PlacedNode[]; palette: Palette } | undefined;
  #batches: CardBatch[] = [];
  readonly #widths = new Map<string, number>();

  /** Leaves the context with the pixels of the screen. */
  paint(context: CanvasRenderingContext2D, { ratio, view, seen }: Sight, { scene, palette }: { scene: Scene; palette: Palette }): void {
    if (this.#of?.nodes !== scene.nodes || this.#of.palette !== palette) {
      this.#of = { nodes: scene.nodes, palette };
      this.#batches = cardBatches(scene.nodes, palette);
      this.#widths.clear();
    }
    const batches = this.#batches.filter(({ bounds }) => overlaps(bounds, seen));
    context.lineWidth = Math.max(1, 0.7 / view.zoom);
    for (const batch of batches) paintBatch(context, batch);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = font;
    context.textAlign = 'center';
    const unnamed: Named[] = [];
    for (const frame of scene.frames) {
      if (frame.group.isNamedInside || !overlaps(frame, seen)) continue;
      const place = { text: frame.group.title, x: view.x + (frame.x + frame.width / 2) * view.zoom, y: view.y + frame.y * view.zoom };
      if (headHeight * view.zoom >= letterSize + 4)
        this.#write(context, palette.ink, { ...place, y: place.y + (headHeight / 2) * view.zoom });
      else unnamed.push(place);
    }
    for (const { nodes, opacity } of batches) {
      context.globalAlpha = opacity;
      for (const { node, rect } of nodes) {
        if (!overlaps(rect, seen)) continue;
        // Below the strip of what is not Ready.
        const top = rect.y + (node.tone === 'ready' ? 0 : stripHeight);
        const height = rect.y + rect.height - top;
        const place = { x: view.x + (rect.x + rect.width / 2) * view.zoom, y: view.y + (top + height / 2) * view.zoom };
        const isOfMany = node.kind === 'sandbox' || node.kind === 'endpoint';
        const text = nameFor(node.title, rect.width * view.zoom, height * view.zoom, isOfMany);
        if (text !== null) this.#write(context, palette.ink, { ...place, text });
        else if (!isOfMany) unnamed.push({ ...place, text: node.title });
      }
    }
    context.globalAlpha = 1;
    for (const { text, rect } of placeLabels(unnamed, (text) => this.#widthOf(context, text), seen.width * view.zoom)) {
      context.beginPath();
      context.roundRect(rect.x, rect.y, rect.width, rect.height, rect.height / 2);
      context.fillStyle = palette.surface;
      context.fill();
      context.strokeStyle = palette['line-strong'];
      context.lineWidth = 1;
      context.stroke();
      this.#write(context, palette.ink, { text, x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });
    }
    context.textAlign = 'start';
  }

  #write(context: CanvasRenderingContext2D, colour: string, { text, x, y }: Named): void {
    context.fillStyle = colour;
    context.fillText(text, x, y + letterSize * 0.36);
  }

  #widthOf(context: CanvasRenderingContext2D, text: string): number {
    let width = this.#widths.get(text);
    if (width === undefined) this.#widths.set(text, (width = context.measureText(text).width));
    return width;
  }
}

function paintBatch(context: CanvasRenderingContext2D, { outlines, strips, opacity }: CardBatch): void {
  context.globalAlpha = opacity;
  for (const { path, fill, stroke } of outlines) {
    context.fillStyle = fill;
    context.fill(path);
    context.strokeStyle = stroke;
    context.stroke(path);
  }
  for (const { path, fill } of strips) {
    context.fillStyle = fill;
    context.fill(path);
  }
  context.globalAlpha = 1;
}

/** What of a name has room on that many pixels of the screen; null: too little. `mayBeCut`: its beginning is better than nothing. */
function nameFor(title: string, width: number, height: number, mayBeCut: boolean): string | null {
  if (height < letterSize - 1) return null;
  const text = fit(title, width - 2 * padding, letterSize);
  return text === title || (mayBeCut && text.length >= leastLetters) ? text : null;
}
