import { describe, expect, it } from 'vitest';
import { buildTopology } from '../model/build';
import { yard } from '../../inventory/testing/yard';
import type { Placement } from '../layout/placement';
import type { Palette } from './palette';
import { sceneOf } from './scene';
import { svgDocument } from './svg';

const palette = new Proxy({}, { get: (_, name) => String(name) }) as Palette;
const topology = buildTopology(
  yard({
    hosts: ['h<1>'],
    networks: [{ name: 'web', driver: 'bridge', hosts: ['h<1>'] }],
    sandboxes: [{ name: 'a', host: 'h<1>', endpoints: ['web'], failing: true }],
  }),
  'none',
  { tenant: 'default', routers: new Map() },
);
const nodes = new Map(topology.nodes.map(({ id }, index) => [id, { x: 0, y: index * 100, width: 188, height: 80 }]));
const placement: Placement = { nodes, frames: new Map(), blockTops: new Map(), width: 188, height: 400 };

describe('svgDocument', () => {
  const document = svgDocument(
    sceneOf(topology, placement),
    palette,
    new Map([['a-web', { ingressMbps: 20, egressMbps: 0 }]]),
    'Yard & more',
  );

  it('has every node with its state in words, and escapes what names bring', () => {
    expect(document.match(/<text [^>]*>[^<]*<\/text>/g)?.map((text) => text.replace(/<[^>]*>/g, ''))).toEqual(
      expect.arrayContaining(['h&lt;1&gt;', 'web', 'a', 'Failing · h&lt;1&gt;', 'Ready · bridge', 'Router namespace']),
    );
    expect(document).toContain('<title>Yard &amp; more</title>');
  });

  it('has every link, drawn by how it fares and what it carries', () => {
    expect(document.match(/<path d="M[^"]*C[^"]*" stroke="[^"]*"/g)).toHaveLength(topology.links.length);
    expect(document).toMatch(/stroke="failing-bar" stroke-width="3"/);
  });
});
