'use client';

import { networks, tables } from '../../messages';
import { ActionMenu } from '../../ui/menu';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { UsageBar } from '../../ui/usage-bar';
import { Listed, None } from '../inventory/cells';
import { actions, nameAndStatus } from '../inventory/columns';
import type { NetworkRow } from '../inventory/inventory';
import { useNetworkActions } from './actions';

const column = columnHelper<NetworkRow>();

export const networkColumns: Columns<NetworkRow> = column.columns([
  ...nameAndStatus<NetworkRow>(),
  column.accessor((row) => row.object.spec.driver, {
    id: 'driver',
    header: networks.driver,
    sortFn: naturally,
    meta: { width: '5.5rem', from: 'medium' },
  }),
  column.accessor((row) => row.cidrs.join(' '), {
    id: 'subnets',
    header: networks.subnets,
    sortFn: naturally,
    meta: { width: '22%', from: 'medium', isFigures: true },
    cell: ({ row }) => <Listed values={row.original.cidrs} />,
  }),
  column.accessor('addressesInUse', {
    header: networks.addresses,
    meta: { width: '10.5rem', from: 'medium', isFigures: true },
    cell: ({ row: { original } }) =>
      original.addressesTotal === 0 ? (
        <None />
      ) : (
        <UsageBar used={original.addressesInUse} total={original.addressesTotal} what={networks.addressesInUse} />
      ),
  }),
  column.accessor((row) => row.endpoints.length, {
    id: 'endpoints',
    header: networks.endpoints,
    meta: { width: '7.5rem', align: 'end', isFigures: true, from: 'wide' },
  }),
  column.accessor((row) => row.hostNames.join(' '), {
    id: 'hosts',
    header: networks.hosts,
    sortFn: naturally,
    meta: { width: '11%', from: 'wide' },
    cell: ({ row }) => <Listed values={row.original.hostNames} />,
  }),
  actions<NetworkRow>(Actions),
]);

function Actions({ row }: { row: NetworkRow }) {
  return <ActionMenu label={tables.object.menu(row.kind, row.name)} actions={useNetworkActions(row)} />;
}
