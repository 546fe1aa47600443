import { describe, expect, it } from 'vitest';
import { buildTopology } from './model/build';
import { yard } from '../inventory/testing/yard';
import { sceneOf, type Scene } from './paint/scene';
import type { Size } from './layout/sizes';
import { elementsFor, nextElements, noElements } from './elements';

/** Cards in rows of twenty, 200 apart. */
function sceneWith(count: number): Scene {
  const sandboxes = Array.from({ length: count }, (_, index) => ({ name: `s${index}`, host: 'h1', endpoints: [] }));
  const topology = buildTopology(yard({ hosts: ['h1'], networks: [], sandboxes }), 'none', { tenant: 'default', routers: new Map() });
  const nodes = new Map(
    topology.nodes.map(({ id }, index) => [id, { x: (index % 20) * 200, y: Math.floor(index / 20) * 200, width: 180, height: 80 }]),
  );
  return sceneOf(topology, { nodes, frames: new Map(), blockTops: new Map(), width: 4000, height: 4000 });
}

const size: Size = { width: 1000, height: 800 };

describe('elementsFor', () => {
  it.each<{ name: string; count: number; zoom: number; want: number; shownOn?: Size }>([
    { name: 'all of few', count: 40, zoom: 0.7, want: 19 },
    { name: 'what is near of many', count: 1000, zoom: 1, want: 30 },
    { name: 'none of too many', count: 1000, zoom: 0.7, want: 0, shownOn: { width: 4000, height: 3000 } },
    { name: 'none that could not be read', count: 40, zoom: 0.6, want: 0 },
  ])('makes elements of $name', ({ count, zoom, want, shownOn = size }) => {
    expect(elementsFor(sceneWith(count), { x: 0, y: 0, zoom }, shownOn, noElements).ids.size).toBe(want);
  });

  it('stays the same while the view moves within what is ready, and follows it beyond', () => {
    const scene = sceneWith(1000);
    const first = elementsFor(scene, { x: 0, y: 0, zoom: 1 }, size, noElements);
    expect(elementsFor(scene, { x: -150, y: -100, zoom: 1 }, size, first)).toBe(first);
    const beyond = elementsFor(scene, { x: -1500, y: 0, zoom: 1 }, size, first);
    expect(beyond.ids.has('sandbox/s0')).toBe(false);
    expect(beyond.ids.has('sandbox/s10')).toBe(true);
  });
});

describe('nextElements', () => {
  const ids = (from: number, to: number): Set<string> => new Set(Array.from({ length: to - from }, (_, index) => `s${from + index}`));

  it('takes away at once, and adds a few at a time, until all are there', () => {
    let now: ReadonlySet<string> = ids(0, 10);
    const wanted = ids(5, 60);
    const sizes: number[] = [];
    for (let next = nextElements(now, wanted); next !== now; next = nextElements(now, wanted)) {
      now = next;
      expect(now.has('s0')).toBe(false);
      sizes.push(now.size);
    }
    expect(sizes).toEqual([29, 53, 55]);
    expect(now).toEqual(wanted);
  });
});
