import { describe, expect, it } from 'vitest';
import { buildTopology } from './model/build';
import { yard } from '../inventory/testing/yard';
import { sceneOf, type Scene } from './paint/scene';
import { elementsFor, noElements } from './elements';

/** Cards in rows of twenty, 200 apart. */
function sceneWith(count: number): Scene {
  const sandboxes = Array.from({ length: count }, (_, index) => ({ name: `s${index}`, host: 'h1', endpoints: [] }));
  const topology = buildTopology(yard({ hosts: ['h1'], networks: [], sandboxes }), 'none', { tenant: 'default', routers: new Map() });
  const nodes = new Map(
    topology.nodes.map(({ id }, index) => [id, { x: (index % 20) * 200, y: Math.floor(index / 20) * 200, width: 180, height: 80 }]),
  );
  return sceneOf(topology, { nodes, frames: new Map(), blockTops: new Map(), width: 4000, height: 4000 });
}

const size = { width: 1000, height: 800 };

describe('elementsFor', () => {
  it.each([
    { name: 'all of few', count: 40, zoom: 0.35, want: 41 },
    { name: 'what is near of many', count: 1000, zoom: 1, want: 42 },
    { name: 'none of too many', count: 1000, zoom: 0.35, want: 0 },
    { name: 'none that could not be read', count: 40, zoom: 0.2, want: 0 },
  ])('makes elements of $name', ({ count, zoom, want }) => {
    expect(elementsFor(sceneWith(count), { x: 0, y: 0, zoom }, size, noElements).ids.size).toBe(want);
  });

  it('stays the same while the view moves within what is ready, and follows it beyond', () => {
    const scene = sceneWith(1000);
    const first = elementsFor(scene, { x: 0, y: 0, zoom: 1 }, size, noElements);
    expect(elementsFor(scene, { x: -300, y: -200, zoom: 1 }, size, first)).toBe(first);
    const beyond = elementsFor(scene, { x: -1500, y: 0, zoom: 1 }, size, first);
    expect(beyond.ids.has('sandbox/s0')).toBe(false);
    expect(beyond.ids.has('sandbox/s10')).toBe(true);
  });
});
