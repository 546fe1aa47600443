import type { Shape } from './shapes';

/** The family alone; sizes and weights come with what is written. */
export const fontFamily = "'Inter Variable', ui-sans-serif, system-ui, sans-serif";

export const dashOf = (dash: string | undefined): number[] => (dash === undefined ? [] : dash.split(' ').map(Number));

/** Draws one shape in the drawing's own pixels. */
export function drawShape(context: CanvasRenderingContext2D, shape: Shape): void {
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
