import { Memo } from '../../inventory/memo';
import { interfaceMiddle } from '../layout/sizes';
import { rateText } from '../traffic/rate-text';
import type { Rates } from '../traffic/rates';
import { drawShape, fontFamily } from './draw-shape';
import type { Palette } from './palette';
import { overlaps, type PlacedNode, type Scene } from './scene';
import { cardShapes, fadedOpacity, frameHead, inset, type Shape } from './shapes';
import type { Sight } from './view';

interface NearPicture {
  scene: Scene;
  palette: Palette;
  rates: Rates;
}

/** Cards with all that is written on them. */
export class NearPainter {
  /** What a card looks like is worked out anew when it tells something else, stands elsewhere, or the theme is another. */
  readonly #shapes = new Memo<object, Shape[]>();

  paint(context: CanvasRenderingContext2D, { seen }: Sight, { scene, palette, rates }: NearPicture): void {
    for (const frame of scene.frames)
      if (overlaps(frame, seen))
        for (const shape of this.#shapes.of(frame, [palette], () => frameHead(frame, palette))) drawShape(context, shape);
    for (const placed of scene.nodes) {
      const { node, rect } = placed;
      if (!overlaps(rect, seen)) continue;
      context.globalAlpha = node.isFaded ? fadedOpacity : 1;
      for (const shape of this.#shapes.of(node, [rect, palette], () => cardShapes(node, rect, palette))) drawShape(context, shape);
      if (rates.size > 0) drawRates(context, placed, rates, palette);
    }
    context.globalAlpha = 1;
  }
}

function drawRates(context: CanvasRenderingContext2D, { node, rect }: PlacedNode, rates: Rates, palette: Palette): void {
  context.font = `500 11px ${fontFamily}`;
  context.textAlign = 'right';
  for (const [index, { endpoint }] of node.interfaces.entries()) {
    const text = rateText(rates.get(endpoint));
    if (text === '') continue;
    const [right, middle] = [rect.x + rect.width - inset, interfaceMiddle(rect, index)];
    // Over the end of an address that is long.
    context.fillStyle = palette.surface;
    const width = context.measureText(text).width + 4;
    context.fillRect(right - width, middle - 8, width, 16);
    context.fillStyle = palette.accent;
    context.fillText(text, right, middle + 4);
  }
  context.textAlign = 'start';
}
