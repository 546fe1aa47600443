'use client';

import { urgency } from '../../api/health';
import { ActionMenu } from '../../ui/menu';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { UsageBar } from '../../ui/usage-bar';
import { HealthCell, Listed, NameCell, None } from '../inventory/cells';
import type { NetworkRow } from '../inventory/inventory';
import { useNetworkActions } from './actions';

const column = columnHelper<NetworkRow>();

export const networkColumns: Columns<NetworkRow> = column.columns([
  column.accessor('name', {
    header: 'Name',
    sortFn: naturally,
    meta: { width: '19%', narrowWidth: 'auto' },
    cell: ({ row }) => <NameCell row={row.original} />,
  }),
  column.accessor((row) => urgency(row.health.tone), {
    id: 'status',
    header: 'Status',
    meta: { width: '7.5rem', narrowWidth: '6.5rem' },
    cell: ({ row }) => <HealthCell health={row.original.health} />,
  }),
  column.accessor((row) => row.object.spec.driver, {
    id: 'driver',
    header: 'Driver',
    sortFn: naturally,
    meta: { width: '5.5rem', from: 'medium' },
  }),
  column.accessor((row) => row.cidrs.join(' '), {
    id: 'subnets',
    header: 'Subnets',
    sortFn: naturally,
    meta: { width: '22%', from: 'medium', isFigures: true },
    cell: ({ row }) => <Listed values={row.original.cidrs} />,
  }),
  column.accessor('addressesInUse', {
    header: 'Addresses',
    meta: { width: '10.5rem', from: 'medium', isFigures: true },
    cell: ({ row: { original } }) =>
      original.addressesTotal === 0 ? (
        <None />
      ) : (
        <UsageBar used={original.addressesInUse} total={original.addressesTotal} what="addresses in use" />
      ),
  }),
  column.accessor((row) => row.endpoints.length, {
    id: 'endpoints',
    header: 'Endpoints',
    meta: { width: '7.5rem', align: 'end', isFigures: true, from: 'medium' },
  }),
  column.accessor((row) => row.hostNames.join(' '), {
    id: 'hosts',
    header: 'Hosts',
    sortFn: naturally,
    meta: { width: '11%', from: 'wide' },
    cell: ({ row }) => <Listed values={row.original.hostNames} />,
  }),
  column.display({
    id: 'actions',
    header: () => <span className="sr-only">Actions</span>,
    meta: { width: '3.25rem', align: 'end', isActions: true },
    cell: ({ row }) => <Actions row={row.original} />,
  }),
]);

function Actions({ row }: { row: NetworkRow }) {
  return <ActionMenu label={`What to do with network ${row.name}`} actions={useNetworkActions(row)} />;
}
