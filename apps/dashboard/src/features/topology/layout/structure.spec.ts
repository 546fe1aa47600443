import { describe, expect, it } from 'vitest';
import { yard, type Yard } from '../../inventory/testing/yard';
import { buildTopology } from '../model/build';
import type { Topology } from '../model/graph';
import { hasSameStructure } from './structure';

const sandboxes: Yard['sandboxes'] = [
  { name: 'a', host: 'h1', endpoints: ['web'] },
  { name: 'b', host: 'h1', endpoints: ['web'] },
];
const topologyOf = (changed: Partial<Yard>): Topology =>
  buildTopology(yard({ hosts: ['h1'], networks: [{ name: 'web', driver: 'bridge', hosts: ['h1'] }], sandboxes, ...changed }), 'host', {
    tenant: 'default',
    routers: new Map(),
  });

describe('hasSameStructure', () => {
  it.each<{ name: string; changed: Partial<Yard>; want: boolean }>([
    { name: 'the same anew', changed: {}, want: true },
    { name: 'one that fails', changed: { sandboxes: sandboxes.map((one) => ({ ...one, failing: one.name === 'a' })) }, want: true },
    { name: 'one more sandbox', changed: { sandboxes: [...sandboxes, { name: 'c', host: 'h1', endpoints: [] }] }, want: false },
    { name: 'another name', changed: { sandboxes: sandboxes.map((one) => ({ ...one, name: `${one.name}2` })) }, want: false },
    { name: 'an endpoint less', changed: { sandboxes: sandboxes.map((one) => ({ ...one, endpoints: [] })) }, want: false },
    { name: 'another host', changed: { hosts: ['h1', 'h2'] }, want: false },
  ])('of $name: $want', ({ changed, want }) => {
    expect(hasSameStructure(topologyOf({}), topologyOf(changed))).toBe(want);
  });
});
