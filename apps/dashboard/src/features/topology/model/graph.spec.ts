import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../inventory/inventory';
import { yard } from '../../inventory/testing/yard';
import { buildTopology } from './build';
import { foldTopology, foldedKeys } from './fold';
import type { Topology } from './graph';
import { labelKeys, parseGrouping, type Grouping } from './grouping';
import { narrowTopology } from './narrow';
import { rowsOfTopology } from './rows';

const whose = { tenant: 'default', routers: new Map() };

/** Two hosts: web is a bridge on both, wide spans them, lan is on the wire of one; b fails, spare is joined to nothing. */
const inventory: Inventory = yard({
  hosts: ['h1', 'h2'],
  networks: [
    { name: 'web', driver: 'bridge', hosts: ['h1', 'h2'], labels: { tier: 'front' } },
    { name: 'wide', driver: 'overlay', hosts: ['h1', 'h2'] },
    { name: 'lan', driver: 'macvlan', hosts: ['h1'], owner: 'other' },
    { name: 'unused', driver: 'bridge', hosts: [] },
  ],
  sandboxes: [
    { name: 'a', host: 'h1', labels: { tier: 'front' }, endpoints: ['web', 'lan'] },
    { name: 'b', host: 'h2', endpoints: ['web', 'wide'], failing: true },
  ],
  idle: [{ name: 'spare', network: 'wide' }],
});

const told = ({ nodes, links, groups }: Topology) => ({
  nodes: nodes.map(({ id, group }) => (group === null ? id : `${id} in ${group}`)).sort(),
  links: links.map(({ kind, from, to }) => `${kind}: ${from} → ${to}`).sort(),
  groups: groups.map(({ title }) => title),
});

describe('buildTopology', () => {
  it('shows by host what each kernel has: parts of networks, their router namespaces, and what connects hosts', () => {
    expect(told(buildTopology(inventory, 'host', whose))).toEqual({
      groups: ['h1', 'h2'],
      nodes: [
        'endpoint/spare',
        'network/lan@h1 in h1',
        'network/unused',
        'network/web@h1 in h1',
        'network/web@h2 in h2',
        'network/wide',
        'network/wide@h1 in h1',
        'network/wide@h2 in h2',
        'router/h1/default in h1',
        'router/h2/default in h2',
        'sandbox/a in h1',
        'sandbox/b in h2',
      ],
      links: [
        'endpoint: endpoint/spare → network/wide',
        'endpoint: sandbox/a → network/lan@h1',
        'endpoint: sandbox/a → network/web@h1',
        'endpoint: sandbox/b → network/web@h2',
        'endpoint: sandbox/b → network/wide@h2',
        'gateway: network/web@h1 → router/h1/default',
        'gateway: network/web@h2 → router/h2/default',
        'gateway: network/wide@h1 → router/h1/default',
        'gateway: network/wide@h2 → router/h2/default',
        'tunnel: network/wide@h1 → network/wide',
        'tunnel: network/wide@h2 → network/wide',
      ],
    });
  });

  it.each<{ grouping: Grouping; groups: string[]; members: string[] }>([
    { grouping: 'none', groups: [], members: [] },
    {
      grouping: 'network',
      groups: ['lan', 'unused', 'web', 'wide'],
      members: [
        'endpoint/spare in wide',
        'network/lan in lan',
        'network/unused in unused',
        'network/web in web',
        'network/wide in wide',
        'sandbox/a in web',
        'sandbox/b in web',
      ],
    },
    { grouping: 'label:tier', groups: ['tier=front'], members: ['network/web in front', 'sandbox/a in front'] },
    {
      grouping: 'tenant',
      groups: ['default', 'other'],
      members: [
        'endpoint/spare in default',
        'network/lan in other',
        'network/unused in default',
        'network/web in default',
        'network/wide in default',
        'sandbox/a in default',
        'sandbox/b in default',
      ],
    },
  ])('grouped by $grouping has $groups, and each network once', ({ grouping, groups, members }) => {
    const seen = told(buildTopology(inventory, grouping, whose));
    expect(seen.groups).toEqual(groups);
    expect(seen.nodes.filter((node) => node.includes(' in '))).toEqual(members);
    expect(seen.links).toContain('uplink: network/lan → host/h1');
    expect(seen.links.filter((link) => link.includes('sandbox/b'))).toEqual([
      'endpoint: sandbox/b → network/web',
      'endpoint: sandbox/b → network/wide',
    ]);
  });

  it('tells how the tenant’s own router namespaces fare; a host’s own fares as the host', () => {
    const health = { tone: 'failing', label: 'Failing', message: null } as const;
    const { nodes } = buildTopology(inventory, 'host', { tenant: 'default', routers: new Map([['h2', health]]) });
    expect(nodes.filter(({ kind }) => kind === 'router').map(({ id, state }) => `${id} ${state}`)).toEqual([
      'router/h1/default Ready',
      'router/h2/default Failing',
    ]);
  });

  it('tells of each sandbox its interfaces in order, with how they fare', () => {
    const b = buildTopology(inventory, 'host', whose).nodes.find(({ id }) => id === 'sandbox/b');
    expect(b?.interfaces.map(({ name, endpoint, state }) => `${name} ${endpoint} ${state}`)).toEqual([
      'eth0 b-web Failing',
      'eth1 b-wide Failing',
    ]);
  });
});

describe('foldTopology', () => {
  const built = buildTopology(inventory, 'host', whose);

  it('makes one node of a group, which has the worst of what is in it, and one link of those between the same two', () => {
    const folded = foldTopology(built, new Set(['h1', 'h2']));
    expect(told(folded)).toEqual({
      groups: [],
      nodes: ['endpoint/spare', 'group/h1', 'group/h2', 'network/unused', 'network/wide'],
      links: ['endpoint: endpoint/spare → network/wide', 'tunnel: group/h1 → network/wide', 'tunnel: group/h2 → network/wide'],
    });
    const [h1, h2] = folded.nodes.filter(({ kind }) => kind === 'group');
    expect(h1).toMatchObject({ tone: 'ready', detail: '3 networks · 1 sandbox · 2 endpoints' });
    expect(h2).toMatchObject({ tone: 'failing', state: 'Failing' });
  });

  it('counts the endpoints behind a link for its traffic', () => {
    const { links } = foldTopology(buildTopology(inventory, 'network', whose), new Set(['web']));
    expect(links.find(({ from, to }) => from === 'group/web' && to === 'network/wide')?.endpoints).toEqual(['b-wide']);
  });

  it.each([
    { count: 200, turned: [], want: [] },
    { count: 200, turned: ['h1'], want: ['h1'] },
    { count: 201, turned: [], want: ['h1', 'h2'] },
    { count: 201, turned: ['h1'], want: ['h2'] },
  ])('of $count nodes, with $turned turned, folds $want', ({ count, turned, want }) => {
    const [node] = built.nodes;
    const nodes = Array.from({ length: count }, () => node).filter((one) => one !== undefined);
    expect([...foldedKeys({ ...built, nodes }, turned)]).toEqual(want);
  });
});

describe('narrowTopology', () => {
  const filters = new Map(inventory.endpoints.map(({ name, filter }) => [name, filter]));
  const shown = (filter: string) =>
    narrowTopology(buildTopology(inventory, 'none', whose), filter, filters)
      .nodes.map(({ id, isFaded }) => (isFaded ? `(${id})` : id))
      .sort();

  it.each([
    { filter: 'unused', want: ['network/unused'] },
    { filter: 'lan kind:network', want: ['(host/h1)', '(sandbox/a)', 'network/lan'] },
    { filter: 'status:failing', want: ['(network/web)', '(network/wide)', 'sandbox/b'] },
    { filter: 'a-web', want: ['(network/lan)', '(network/web)', 'sandbox/a'] },
    { filter: 'nothing', want: [] },
  ])('"$filter" leaves $want', ({ filter, want }) => {
    expect(shown(filter)).toEqual(want);
  });
});

describe('rowsOfTopology', () => {
  it('lists every node and every endpoint with what it is linked to', () => {
    const rows = rowsOfTopology(buildTopology(inventory, 'host', whose));
    const told = rows.map(({ kind, title, group, linkedTo }) => `${kind} ${title} (${group}): ${linkedTo.join(', ')}`);
    expect(told).toContain('host h1 (): ');
    expect(told).toContain('network web (h1): router namespace Router namespace, sandbox a');
    expect(told).toContain('endpoint b-wide (h2): sandbox b, network wide');
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});

describe('groupings', () => {
  it.each([
    { text: 'host', want: 'host' },
    { text: 'label:tier', want: 'label:tier' },
    { text: 'label:', want: null },
    { text: 'colour', want: null },
  ])('reads "$text" as $want', ({ text, want }) => {
    expect(parseGrouping(text)).toBe(want);
  });

  it('are offered by every label key that something has', () => {
    expect(labelKeys(inventory)).toEqual(['tier']);
  });
});
