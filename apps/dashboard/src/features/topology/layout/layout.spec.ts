import { createRequire } from 'node:module';
import { afterAll, describe, expect, it } from 'vitest';
import { buildTopology } from '../model/build';
import type { Topology } from '../model/graph';
import type { Grouping } from '../model/grouping';
import { yard } from '../../inventory/testing/yard';
import { overlaps, sceneOf } from '../paint/scene';
import { arrangeBlock, columnsFor } from './block';
import { LayoutEngine } from './engine';
import type { Rect } from './sizes';

// Outside of a browser ELK brings what stands for a worker.
const { Worker: ElkWorker } = createRequire(import.meta.url)('elkjs/lib/elk-worker.min.js') as { Worker: new () => Worker };
const engine = new LayoutEngine(() => Object.assign(new ElkWorker(), { terminate: () => undefined }));
afterAll(() => engine.close());

const whose = { tenant: 'default', routers: new Map() };

/** Hosts with sandboxes in turn on them, each in two of the networks. */
function topologyOf(sandboxCount: number, hostCount: number, grouping: Grouping): Topology {
  const hosts = Array.from({ length: hostCount }, (_, index) => `h${index + 1}`);
  const networks = Array.from({ length: Math.ceil(sandboxCount / 12) + 1 }, (_, index) => ({
    name: `net${index}`,
    driver: index % 3 === 2 ? ('overlay' as const) : ('bridge' as const),
    hosts,
  }));
  const sandboxes = Array.from({ length: sandboxCount }, (_, index) => ({
    name: `s${index}`,
    host: hosts[index % hostCount] ?? 'h1',
    endpoints: [`net${index % networks.length}`, `net${(index + 1) % networks.length}`],
  }));
  return buildTopology(yard({ hosts, networks, sandboxes, idle: [{ name: 'spare', network: 'net0' }] }), grouping, whose);
}

function clashesIn(placed: readonly (readonly [id: string, rect: Rect])[]): string[] {
  const clashes: string[] = [];
  for (const [index, [id, rect]] of placed.entries())
    for (const [other, there] of placed.slice(index + 1)) if (overlaps(rect, there)) clashes.push(`${id} and ${other}`);
  return clashes;
}

const inside = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe('a layout', () => {
  it.each<{ sandboxes: number; hosts: number; grouping: Grouping }>([
    { sandboxes: 2, hosts: 1, grouping: 'host' },
    { sandboxes: 40, hosts: 3, grouping: 'host' },
    { sandboxes: 40, hosts: 3, grouping: 'network' },
    { sandboxes: 40, hosts: 3, grouping: 'none' },
    { sandboxes: 120, hosts: 16, grouping: 'host' },
    { sandboxes: 120, hosts: 16, grouping: 'none' },
  ])(
    'of $sandboxes sandboxes on $hosts hosts by $grouping places every node once, in its frame, over no other',
    async ({ sandboxes, hosts, grouping }) => {
      const topology = topologyOf(sandboxes, hosts, grouping);
      const placement = await engine.layOut(topology);
      expect([...placement.nodes.keys()].sort()).toEqual(topology.nodes.map(({ id }) => id).sort());
      expect(clashesIn([...placement.nodes])).toEqual([]);
      for (const { id, group } of topology.nodes) {
        const [rect, frame] = [placement.nodes.get(id), group === null ? undefined : placement.frames.get(group)];
        if (rect && frame) expect(`${id} ${inside(rect, frame)}`).toBe(`${id} true`);
      }
      expect(
        sceneOf(topology, placement)
          .routes.map(({ link }) => link.id)
          .sort(),
      ).toEqual(topology.links.map(({ id }) => id).sort());
    },
  );

  it('has router namespaces over networks, and networks over their sandboxes', async () => {
    const { nodes } = await engine.layOut(topologyOf(6, 1, 'host'));
    const top = (id: string): number => nodes.get(id)?.y ?? Number.NaN;
    expect(top('router/h1/default')).toBeLessThan(top('network/net0@h1'));
    expect(top('network/net0@h1')).toBeLessThan(top('sandbox/s0'));
  });

  it('keeps what stays where it was when one more comes', async () => {
    const before = await engine.layOut(topologyOf(7, 1, 'host'));
    const after = await engine.layOut(topologyOf(8, 1, 'host'));
    const moved = [...before.nodes].filter(
      ([id, { x, y }]) => id.startsWith('sandbox') && (after.nodes.get(id)?.x !== x || after.nodes.get(id)?.y !== y),
    );
    expect(moved.length).toBeLessThanOrEqual(1);
  });

  it('is computed once for the same structure', async () => {
    const first = await engine.layOut(topologyOf(5, 2, 'host'));
    const second = await engine.layOut(topologyOf(5, 2, 'host'));
    expect(second.nodes).toBe(first.nodes);
  });
});

describe('a block', () => {
  const sandboxesOf = (names: readonly string[]) =>
    buildTopology(
      yard({ hosts: ['h1'], networks: [], sandboxes: names.map((name) => ({ name, host: 'h1', endpoints: [] })) }),
      'host',
      whose,
    ).nodes;
  const slotsAfter = (steps: readonly (readonly string[])[]): string => {
    let block: ReturnType<typeof arrangeBlock> | undefined;
    for (const names of steps) block = arrangeBlock(sandboxesOf(names), block);
    return [...(block?.slots ?? [])]
      .sort((a, b) => a[1] - b[1])
      .map(([id, slot]) => `${id.replace('sandbox/', '')}${slot}`)
      .join(' ');
  };

  it.each([
    { name: 'puts cards in order', steps: [['c', 'a', 'b']], want: 'a0 b1 c2' },
    {
      name: 'keeps the others where one goes',
      steps: [
        ['a', 'b', 'c', 'd'],
        ['a', 'c', 'd'],
      ],
      want: 'a0 c2 d3',
    },
    {
      name: 'puts one that comes into the gap',
      steps: [
        ['a', 'b', 'c', 'd'],
        ['a', 'c', 'd'],
        ['a', 'c', 'd', 'z'],
      ],
      want: 'a0 z1 c2 d3',
    },
    {
      name: 'gathers what is left when many went',
      steps: [
        ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
        ['a', 'g'],
      ],
      want: 'a0 g1',
    },
  ])('$name', ({ steps, want }) => {
    expect(slotsAfter(steps)).toBe(want);
  });

  it.each([
    { count: 1, want: 1 },
    { count: 7, want: 2 },
    { count: 40, want: 5 },
    { count: 49, want: 6 },
    { count: 400, want: 16 },
    { count: 5000, want: 32 },
  ])('of $count cards has $want columns', ({ count, want }) => {
    expect(columnsFor(count)).toBe(want);
  });
});
