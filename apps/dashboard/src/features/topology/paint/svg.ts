import { linkMbps, styledPaths } from './link-style';
import type { Palette } from './palette';
import type { Scene } from './scene';
import { cardShapes, fadedOpacity, frameGround, frameHead, type Shape } from './shapes';
import type { Rates } from '../traffic/rates';

const margin = 32;

/** The whole drawing as a document of its own: what the canvas shows, with every letter. */
export function svgDocument(scene: Scene, palette: Palette, rates: Rates, title: string): string {
  const [width, height] = [scene.width + 2 * margin, scene.height + 2 * margin].map(Math.ceil);
  const links = scene.routes.flatMap((route) =>
    styledPaths(route, linkMbps(route, rates), false, palette).map(({ part, style: { stroke, width: strokeWidth, dash } }) =>
      element('path', { d: route[part], stroke, 'stroke-width': strokeWidth, 'stroke-dasharray': dash }),
    ),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" font-family="Inter, ui-sans-serif, system-ui, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    element('rect', { x: -margin, y: -margin, width, height, fill: palette.surface }),
    ...scene.frames.flatMap((frame) => [frameGround(frame, palette), ...frameHead(frame, palette)].map(shapeElement)),
    `<g fill="none">`,
    ...links,
    `</g>`,
    ...scene.nodes.map(
      ({ node, rect }) =>
        `<g${node.isFaded ? ` opacity="${fadedOpacity}"` : ''}>${cardShapes(node, rect, palette).map(shapeElement).join('')}</g>`,
    ),
    `</svg>`,
  ].join('\n');
}

function shapeElement(shape: Shape): string {
  switch (shape.type) {
    case 'rect': {
      const { rect, radius, fill, stroke, width, dash } = shape;
      return element('rect', {
        ...rect,
        rx: Math.min(radius, rect.height / 2),
        fill,
        stroke,
        'stroke-width': width,
        'stroke-dasharray': dash,
      });
    }
    case 'text': {
      const { x, y, text, size, weight, fill } = shape;
      return element('text', { x, y, 'font-size': size, 'font-weight': weight, fill }, text);
    }
    case 'path': {
      const { path, x, y, scale, stroke, width, dash } = shape;
      return element('path', {
        d: path,
        transform: `translate(${x} ${y}) scale(${scale})`,
        fill: 'none',
        stroke,
        'stroke-width': width,
        'stroke-dasharray': dash,
      });
    }
    default:
      return shape satisfies never;
  }
}

function element(name: string, attributes: Record<string, string | number | undefined>, content?: string): string {
  const text = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  return content === undefined ? `<${name}${text}/>` : `<${name}${text}>${escaped(content)}</${name}>`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter);
