import type { Rates } from '../traffic/rates';
import { mbpsText } from '../traffic/rate-text';
import { dashOf, drawShape, fontFamily } from './draw-shape';
import { FarPainter } from './far-painter';
import { linkBatches, type LinkBatch } from './link-batches';
import { linkMbps } from './link-style';
import { NearPainter } from './near-painter';
import type { Palette } from './palette';
import { overlaps, type Scene } from './scene';
import { frameGround } from './shapes';
import { seenThrough, type Sight, type View } from './view';

/** What a painting depends on besides the view. */
export interface Picture {
  scene: Scene;
  palette: Palette;
  rates: Rates;
  /** Endpoints and nodes whose links stand out. */
  lookedAt: ReadonlySet<string>;
}

/** From this zoom on, a card's own letters can be read. */
export const lettersFrom = 0.7;
/** From this zoom on dashes of links are told from one another. */
const dashesFrom = 0.35;
/** A line is this wide on the screen at least. */
const leastLinePixels = 0.7;

/** Paints a topology: thousands of cards and links in a few strokes of the pen. What is the same from one frame to the next is prepared once. */
export class CanvasPainter {
  #prepared: Picture | undefined;
  #links: LinkBatch[] = [];
  #labels: { x: number; y: number; text: string }[] = [];
  readonly #far = new FarPainter();
  readonly #near = new NearPainter();

  paint(context: CanvasRenderingContext2D, size: { width: number; height: number; ratio: number }, view: View, picture: Picture): void {
    this.#prepare(picture);
    const { scene, palette } = picture;
    const { x, y, zoom } = view;
    const { ratio } = size;
    const sight: Sight = { ratio, view, seen: seenThrough(view, size) };
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = palette.surface;
    context.fillRect(0, 0, size.width, size.height);
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
    for (const frame of scene.frames) if (overlaps(frame, sight.seen)) drawShape(context, frameGround(frame, palette));
    for (const { style, bounds, path } of this.#links) {
      if (!overlaps(bounds, sight.seen)) continue;
      context.strokeStyle = style.stroke;
      context.lineWidth = Math.max(style.width, leastLinePixels / zoom);
      context.setLineDash(zoom < dashesFrom ? [] : dashOf(style.dash));
      context.stroke(path);
    }
    context.setLineDash([]);
    if (zoom < lettersFrom) this.#far.paint(context, sight, picture);
    else {
      this.#near.paint(context, sight, picture);
      this.#paintLabels(context, palette);
    }
  }

  #prepare(picture: Picture): void {
    const before = this.#prepared;
    this.#prepared = picture;
    const {
      scene: { routes },
      rates,
      lookedAt,
      palette,
    } = picture;
    if (before?.scene.routes === routes && before.rates === rates && before.lookedAt === lookedAt && before.palette === palette) return;
    this.#links = linkBatches(routes, rates, lookedAt, palette);
    this.#labels = routes.flatMap((route) => {
      // An interface's line tells its own rate.
      const mbps = route.link.endpoints.length > 1 ? linkMbps(route, rates) : 0;
      return mbps >= 0.01 ? [{ ...route.label, text: `${mbpsText(mbps)}bit/s` }] : [];
    });
  }

  #paintLabels(context: CanvasRenderingContext2D, palette: Palette): void {
    context.textAlign = 'center';
    context.font = `600 11px ${fontFamily}`;
    for (const { x, y, text } of this.#labels) {
      const width = context.measureText(text).width + 10;
      context.fillStyle = palette.surface;
      context.fillRect(x - width / 2, y - 9, width, 16);
      context.fillStyle = palette.accent;
      context.fillText(text, x, y + 3);
    }
    context.textAlign = 'start';
  }
}
