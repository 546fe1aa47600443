import type { Policy, PolicySelector } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import type { EndpointRow, PolicyRow } from '../inventory/inventory';
import { yard } from '../inventory/testing/yard';
import { appliesTo } from './applies-to';

/** a and b on web, c on db; a has an address and a label. */
const { endpoints } = yard({
  hosts: ['lab-1'],
  networks: [
    { name: 'web', driver: 'bridge', hosts: ['lab-1'] },
    { name: 'db', driver: 'bridge', hosts: ['lab-1'] },
  ],
  sandboxes: [
    { name: 'a', host: 'lab-1', endpoints: ['web'] },
    { name: 'b', host: 'lab-1', endpoints: ['web'] },
    { name: 'c', host: 'lab-1', endpoints: ['db'] },
  ],
});
const furnished = endpoints.map((row): EndpointRow => {
  if (row.name !== 'a-web') return row;
  const { metadata } = row.object;
  return {
    ...row,
    addresses: ['192.0.2.7', '2001:db8::7'],
    object: { ...row.object, metadata: { ...metadata, labels: { role: 'front' } } },
  };
});

function policy(rules: { from?: PolicySelector; to?: PolicySelector }[], defaultAction: 'allow' | 'deny' = 'allow'): PolicyRow {
  const spec = { network: 'web', priority: 0, defaultAction, rules };
  return { networkName: 'web', object: { spec } as unknown as Policy } as PolicyRow;
}

describe('what a policy applies to', () => {
  it.each<{ name: string; in: PolicyRow; want: string[] }>([
    { name: 'nothing, without rules', in: policy([]), want: [] },
    { name: 'all of its network, by a default that denies', in: policy([], 'deny'), want: ['a-web', 'b-web'] },
    { name: 'all of its network, by a rule for everybody', in: policy([{}]), want: ['a-web 1>1', 'b-web 1>1'] },
    {
      name: 'endpoints by name, of other networks too',
      in: policy([{ from: { endpoints: ['c-db'] }, to: { endpoints: ['a-web'] } }]),
      want: ['a-web >1', 'c-db 1>'],
    },
    {
      name: 'labels on its own network',
      in: policy([{ from: { labels: { role: 'front' } }, to: { endpoints: ['b-web'] } }]),
      want: ['a-web 1>', 'b-web >1'],
    },
    { name: 'no endpoint, by labels that none has', in: policy([{ from: { labels: { role: 'x' } }, to: { cidrs: [] } }]), want: [] },
    {
      name: 'another network as a whole',
      in: policy([{ from: { network: 'db' }, to: { labels: {} } }]),
      want: ['a-web >1', 'b-web >1', 'c-db 1>'],
    },
    {
      name: 'endpoints whose address lies in a prefix',
      in: policy([{ from: { cidrs: ['2001:db8::/32'] }, to: { cidrs: ['198.51.100.0/24'] } }]),
      want: ['a-web 1>'],
    },
    {
      name: 'rules by their numbers',
      in: policy([
        { from: { endpoints: ['a-web'] }, to: { endpoints: ['b-web'] } },
        { from: { endpoints: ['a-web'] }, to: { endpoints: ['a-web'] } },
      ]),
      want: ['a-web 1,2>2', 'b-web >1'],
    },
  ])('is $name', ({ in: row, want }) => {
    const { endpoints: concerned } = appliesTo(row, { endpoints: furnished });
    const told = concerned.map(({ name, asSource, asDestination }) =>
      asSource.length + asDestination.length === 0 ? name : `${name} ${asSource.join()}>${asDestination.join()}`,
    );
    expect(told.sort()).toEqual(want);
  });

  it('names networks and prefixes once', () => {
    const { networks, cidrs } = appliesTo(
      policy([{ from: { network: 'db', cidrs: ['192.0.2.0/24'] } }, { to: { network: 'web', cidrs: ['192.0.2.0/24', '::/0'] } }]),
      { endpoints: [] },
    );
    expect({ networks, cidrs }).toEqual({ networks: ['web', 'db'], cidrs: ['192.0.2.0/24', '::/0'] });
  });
});
