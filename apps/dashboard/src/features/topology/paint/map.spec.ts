import { describe, expect, it } from 'vitest';
import { fromMap, mapView, onMap } from './map';

const map = { width: 200, height: 100 };

describe('mapView', () => {
  it.each([
    { name: 'wide', drawing: { width: 4_000, height: 1_000 }, want: { zoom: 0.05, x: 0, y: 25 } },
    { name: 'high', drawing: { width: 1_000, height: 2_000 }, want: { zoom: 0.05, x: 75, y: 0 } },
    { name: 'empty', drawing: { width: 0, height: 0 }, want: { zoom: 100, x: 100, y: 50 } },
  ])('has a $name drawing whole, in the middle', ({ drawing, want }) => {
    expect(mapView(drawing, map)).toEqual(want);
  });

  it('leads there and back', () => {
    const view = mapView({ width: 4_000, height: 1_000 }, map);
    const { x, y } = onMap({ x: 400, y: 200, width: 100, height: 100 }, view);
    expect({ x, y }).toEqual({ x: 20, y: 35 });
    expect(fromMap({ x, y }, view)).toEqual({ x: 400, y: 200 });
  });
});
