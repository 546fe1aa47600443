import { frameId } from '../layout/boxes';
import type { Route } from '../layout/routes';
import type { Rect } from '../layout/sizes';
import { linkMbps, styledPaths, type LinkStyle } from './link-style';
import { colourOf, type Palette } from './palette';
import { overlaps, type Scene } from './scene';
import { cardShapes, frameGround, frameHead, radii, type Shape } from './shapes';
import { mbpsText } from '../traffic/rate-text';
import type { Rates } from '../traffic/rates';

export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** What a painting depends on besides the view. */
export interface Picture {
  scene: Scene;
  palette: Palette;
  rates: Rates;
  /** Nodes that are on the page as elements: they are not painted. */
  elements: ReadonlySet<string>;
  /** Endpoints and nodes whose links stand out. */
  lookedAt: ReadonlySet<string>;
}

/** Below this, cards are plain shapes: their letters could not be read. */
const lettersFrom = 0.42;
/** Titles of frames and networks are this large on the screen at least. */
const leastTitlePixels = 11;
/** A line is this wide on the screen at least. */
const leastLinePixels = 0.7;
const fontFamily = "'Inter Variable', ui-sans-serif, system-ui, sans-serif";
const fadedOpacity = 0.45;

/** Paints a topology: thousands of cards and links in a few strokes of the pen. What is the same from one frame to the next is prepared once. */
export class CanvasPainter {
  #picture: Picture | undefined;
  #links: { style: LinkStyle; path: Path2D }[] = [];
  #labels: { x: number; y: number; text: string }[] = [];
  readonly #shapes = new Map<string, { shapes: Shape[]; of: object; palette: Palette; place: string }>();

  paint(context: CanvasRenderingContext2D, size: { width: number; height: number; ratio: number }, view: View, picture: Picture): void {
    if (this.#picture !== picture) this.#prepare(picture);
    const { scene, palette } = picture;
    const { x, y, zoom } = view;
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    context.fillStyle = palette.surface;
    context.fillRect(0, 0, size.width, size.height);
    context.setTransform(size.ratio * zoom, 0, 0, size.ratio * zoom, size.ratio * x, size.ratio * y);
    const seen: Rect = { x: -x / zoom, y: -y / zoom, width: size.width / zoom, height: size.height / zoom };
    for (const frame of scene.frames) if (overlaps(frame, seen)) drawShape(context, frameGround(frame, palette));
    for (const { style, path } of this.#links) {
      context.strokeStyle = style.stroke;
      context.lineWidth = Math.max(style.width, leastLinePixels / zoom);
      context.setLineDash(zoom < lettersFrom ? [] : dashOf(style.dash));
      context.stroke(path);
    }
    context.setLineDash([]);
    if (zoom < lettersFrom) this.#paintFar(context, picture, seen, zoom);
    else this.#paintNear(context, picture, seen);
  }

  #prepare(picture: Picture): void {
    if (this.#picture?.scene !== picture.scene) this.#forgetAllBut(picture.scene);
    this.#picture = picture;
    const { scene, rates, lookedAt, palette } = picture;
    const byStyle = new Map<string, { style: LinkStyle; paths: string[] }>();
    this.#labels = [];
    for (const route of scene.routes) {
      const mbps = linkMbps(route, rates);
      for (const { path, style } of styledPaths(route, mbps, isLookedAt(route, lookedAt), palette)) {
        const key = `${style.stroke} ${style.width} ${style.dash ?? ''}`;
        const batch = byStyle.get(key) ?? { style, paths: [] };
        batch.paths.push(path);
        byStyle.set(key, batch);
      }
      // An interface's line tells its own rate.
      if (mbps >= 0.01 && route.link.endpoints.length > 1) this.#labels.push({ ...route.label, text: `${mbpsText(mbps)}bit/s` });
    }
    // What stands out is drawn last.
    this.#links = [...byStyle.values()]
      .sort((a, b) => Number(a.style.stroke !== palette['line-strong']) - Number(b.style.stroke !== palette['line-strong']))
      .map(({ style, paths }) => ({ style, path: new Path2D(paths.join('')) }));
  }

  /** The shapes of what is gone would stay for as long as the page is open. */
  #forgetAllBut({ byId, frames }: Scene): void {
    const frameIds = new Set(frames.map(({ group }) => frameId(group.key)));
    for (const id of this.#shapes.keys()) if (!byId.has(id) && !frameIds.has(id)) this.#shapes.delete(id);
  }

  #paintNear(context: CanvasRenderingContext2D, { scene, palette, elements }: Picture, seen: Rect): void {
    for (const frame of scene.frames) {
      const id = frameId(frame.group.key);
      if (!elements.has(id) && overlaps(frame, seen))
        this.#draw(
          context,
          this.#shapesOf(id, frame, palette, () => frameHead(frame, palette), frame),
        );
    }
    for (const { node, rect } of scene.nodes) {
      if (elements.has(node.id) || !overlaps(rect, seen)) continue;
      context.globalAlpha = node.isFaded ? fadedOpacity : 1;
      this.#draw(
        context,
        this.#shapesOf(node.id, node, palette, () => cardShapes(node, rect, palette), rect),
      );
    }
    context.globalAlpha = 1;
    context.textAlign = 'center';
    for (const { x, y, text } of this.#labels) {
      context.font = `600 11px ${fontFamily}`;
      const width = context.measureText(text).width + 10;
      context.fillStyle = palette.surface;
      context.fillRect(x - width / 2, y - 9, width, 16);
      context.fillStyle = palette.accent;
      context.fillText(text, x, y + 3);
    }
    context.textAlign = 'start';
  }

  /** Cards of a kind and tone in one path each; only networks, hosts and groups say their names. */
  #paintFar(context: CanvasRenderingContext2D, { scene, palette, elements }: Picture, seen: Rect, zoom: number): void {
    const cards = new Path2D();
    const networks = new Path2D();
    const strips = new Map<string, Path2D>();
    const titled: { text: string; x: number; y: number; width: number }[] = [];
    for (const { node, rect } of scene.nodes) {
      if (elements.has(node.id) || !overlaps(rect, seen)) continue;
      const isRound = node.kind === 'network' || node.kind === 'group';
      (isRound ? networks : cards).roundRect(rect.x, rect.y, rect.width, rect.height, zoom < 0.15 ? 0 : radii[node.kind]);
      const colour = colourOf(node.tone, palette);
      const strip = strips.get(colour) ?? new Path2D();
      // States are told apart by place as well: what is not ready has a strip all along.
      strip.rect(rect.x, rect.y, node.tone === 'ready' ? 14 : rect.width, node.tone === 'ready' ? rect.height : 12);
      strips.set(colour, strip);
      if (node.kind !== 'sandbox' && node.kind !== 'endpoint')
        titled.push({ text: node.title, x: rect.x + rect.width / 2, y: rect.y + rect.height / 2, width: rect.width * 1.1 });
    }
    context.lineWidth = Math.max(1, leastLinePixels / zoom);
    context.strokeStyle = palette['line-strong'];
    context.fillStyle = palette.surface;
    context.fill(cards);
    if (zoom > 0.12) context.stroke(cards);
    context.fillStyle = palette.selected;
    context.strokeStyle = palette.accent;
    context.fill(networks);
    context.stroke(networks);
    for (const [colour, strip] of strips) {
      context.fillStyle = colour;
      context.fill(strip);
    }
    const size = leastTitlePixels / zoom;
    context.font = `600 ${size}px ${fontFamily}`;
    context.fillStyle = palette.ink;
    context.textAlign = 'center';
    for (const { text, x, y, width } of titled) if (text.length * size * 0.56 < width) context.fillText(text, x, y + size * 0.35);
    context.textAlign = 'start';
    for (const { group, ...rect } of scene.frames) {
      if (group.isNamedInside || elements.has(`frame/${group.key}`) || !overlaps(rect, seen) || size * 1.6 >= rect.height) continue;
      context.fillText(group.title, rect.x + size * 0.8, rect.y + Math.max(size * 1.3, 30));
    }
  }

  /** Made anew when what it is of, its place or the theme is another. */
  #shapesOf(id: string, of: object, palette: Palette, make: () => Shape[], { x, y }: Rect): Shape[] {
    const kept = this.#shapes.get(id);
    const place = `${x} ${y}`;
    if (kept?.of === of && kept.palette === palette && kept.place === place) return kept.shapes;
    const shapes = make();
    this.#shapes.set(id, { shapes, of, palette, place });
    return shapes;
  }

  #draw(context: CanvasRenderingContext2D, shapes: readonly Shape[]): void {
    for (const shape of shapes) drawShape(context, shape);
  }
}

const isLookedAt = ({ link: { from, to, endpoints } }: Route, lookedAt: ReadonlySet<string>): boolean =>
  lookedAt.size > 0 && (lookedAt.has(from) || lookedAt.has(to) || endpoints.some((endpoint) => lookedAt.has(`endpoint/${endpoint}`)));

const dashOf = (dash: string | undefined): number[] => (dash === undefined ? [] : dash.split(' ').map(Number));

function drawShape(context: CanvasRenderingContext2D, shape: Shape): void {
  switch (shape.type) {
    case 'rect': {
      const { rect, radius, fill, stroke, width, dash } = shape;
      context.beginPath();
      context.roundRect(rect.x, rect.y, rect.width, rect.height, Math.min(radius, rect.height / 2));
      context.fillStyle = fill;
      context.fill();
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.setLineDash(dashOf(dash));
      context.stroke();
      context.setLineDash([]);
      return;
    }
    case 'text':
      context.font = `${shape.weight} ${shape.size}px ${fontFamily}`;
      context.fillStyle = shape.fill;
      context.fillText(shape.text, shape.x, shape.y);
      return;
    case 'path': {
      const { path, x, y, scale, stroke, width, dash } = shape;
      context.save();
      context.translate(x, y);
      context.scale(scale, scale);
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.setLineDash(dashOf(dash));
      context.stroke(pathOf(path));
      context.restore();
      return;
    }
    default:
      return shape satisfies never;
  }
}

const paths = new Map<string, Path2D>();
/** The few signs that there are, made once. */
function pathOf(path: string): Path2D {
  let made = paths.get(path);
  if (!made) {
    made = new Path2D(path);
    if (paths.size < 256) paths.set(path, made);
  }
  return made;
}
