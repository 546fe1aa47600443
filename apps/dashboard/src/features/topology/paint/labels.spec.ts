import { describe, expect, it } from 'vitest';
import { placeLabels } from './labels';

const widthOf = (text: string): number => text.length * 6;

describe('placeLabels', () => {
  it('leaves out what would cover one before it', () => {
    const labels = placeLabels(
      [
        { text: 'first', x: 100, y: 100 },
        { text: 'below', x: 100, y: 130 },
        { text: 'covers', x: 120, y: 105 },
      ],
      widthOf,
      500,
    );
    expect(labels.map(({ text }) => text)).toEqual(['first', 'below']);
    expect(labels[0]?.rect).toEqual({ x: 79, y: 91, width: 42, height: 18 });
  });

  it('keeps them within the screen, but for those of what is not', () => {
    const lefts = (x: number) => placeLabels([{ text: 'a name', x, y: 0 }], widthOf, 200).map(({ rect }) => rect.x);
    expect([5, 100, 195, 210].map(lefts)).toEqual([[2], [76], [150], [186]]);
  });
});
