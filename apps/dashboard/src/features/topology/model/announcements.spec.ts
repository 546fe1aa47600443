import { describe, expect, it } from 'vitest';
import { yard, type Yard } from '../../inventory/testing/yard';
import { announcementOf, statesOf, type States } from './announcements';
import { buildTopology } from './build';

const names = ['a', 'b', 'c', 'd', 'e'];

function statesWith(failing: readonly string[], changed: Partial<Yard> = {}): States {
  const sandboxes = names.map((name) => ({ name, host: 'h1', endpoints: ['web'], failing: failing.includes(name) }));
  const inventory = yard({ hosts: ['h1'], networks: [{ name: 'web', driver: 'bridge', hosts: ['h1'] }], sandboxes, ...changed });
  return statesOf(buildTopology(inventory, 'host', { tenant: 'default', routers: new Map() }), inventory);
}

describe('announcementOf', () => {
  it('names what fares otherwise than before, and why', () => {
    expect(announcementOf(statesWith([]), statesWith(['b']))).toBe(
      'Sandbox b: Failing, LinkReady is not true: KernelError.; Endpoint b-web: Failing, LinkReady is not true: KernelError.',
    );
    expect(announcementOf(statesWith(['b']), statesWith([]))).toBe('Sandbox b: Ready; Endpoint b-web: Ready');
  });

  it('counts what is too much to listen to', () => {
    expect(announcementOf(statesWith([]), statesWith(names))).toMatch(/^Sandbox a: .*; Sandbox b: .*; Sandbox c: .*; and 7 more$/);
  });

  it('says nothing of what is the same, comes, or goes', () => {
    expect(announcementOf(statesWith([]), statesWith([]))).toBe('');
    expect(announcementOf(statesWith([]), statesWith([], { hosts: ['h1', 'h2'], sandboxes: [] }))).toBe('');
  });
});
