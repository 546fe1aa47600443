import { expect, it } from 'vitest';
import type { EndpointRow, Inventory, NetworkRow } from '../inventory/inventory';
import { stepsDone } from './tour-steps';

const network = (name: string, labels: Record<string, string> = {}) => ({ name, object: { metadata: { labels } } }) as NetworkRow;
const endpoint = (networkName: string, sandboxName: string | null) => ({ networkName, sandboxName }) as EndpointRow;
const inventory = (networks: NetworkRow[], endpoints: EndpointRow[]): Inventory => ({
  networks,
  endpoints,
  hosts: [],
  sandboxes: [],
  ports: [],
  policies: [],
});

it.each([
  { name: 'nothing', in: inventory([], []), want: [false, false, false] },
  {
    name: 'a host’s default network, which nobody made',
    in: inventory([network('bridge', { 'netyard.dev/default': 'true' })], []),
    want: [false, false, false],
  },
  { name: 'a network', in: inventory([network('web')], [endpoint('web', 'a')]), want: [true, false, false] },
  {
    name: 'endpoints that are joined to nothing',
    in: inventory([network('web')], [endpoint('web', 'a'), endpoint('web', null)]),
    want: [true, false, false],
  },
  { name: 'two that are joined', in: inventory([network('web')], [endpoint('web', 'a'), endpoint('web', 'b')]), want: [true, true, false] },
])('knows the way after $name', ({ in: there, want }) => {
  expect(stepsDone(there, false)).toEqual(want);
});
