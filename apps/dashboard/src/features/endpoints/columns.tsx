'use client';

import { endpoints as text, tables } from '../../messages';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { ActionMenu } from '../../ui/menu';
import { Listed, None, ObjectLink } from '../inventory/cells';
import { actions, nameAndStatus } from '../inventory/columns';
import type { EndpointRow } from '../inventory/inventory';
import { useEndpointActions } from './actions';

const column = columnHelper<EndpointRow>();

export const endpointColumns: Columns<EndpointRow> = column.columns([
  ...nameAndStatus<EndpointRow>(),
  column.accessor('networkName', {
    id: 'network',
    header: text.network,
    sortFn: naturally,
    meta: { width: '11%', from: 'medium' },
    cell: ({ row }) => <ObjectLink kind="network" name={row.original.networkName} />,
  }),
  column.accessor((row) => row.sandboxName ?? '', {
    id: 'sandbox',
    header: text.sandbox,
    sortFn: naturally,
    meta: { width: '11%', from: 'medium' },
    cell: ({ row: { original } }) => (original.sandboxName ? <ObjectLink kind="sandbox" name={original.sandboxName} /> : <None />),
  }),
  column.accessor((row) => row.addresses[0] ?? '', {
    id: 'addresses',
    header: text.addresses,
    sortFn: naturally,
    meta: { width: 'auto', from: 'medium', isFigures: true },
    cell: ({ row }) => <Listed values={row.original.addresses} />,
  }),
  column.accessor((row) => row.object.status.macAddress ?? '', {
    id: 'mac',
    header: text.macAddress,
    sortFn: naturally,
    meta: { width: '9.5rem', from: 'wide', isFigures: true },
    cell: ({ row }) => row.original.object.status.macAddress ?? <None />,
  }),
  column.accessor((row) => row.object.status.interfaceName ?? '', {
    id: 'interface',
    header: text.interface,
    sortFn: naturally,
    meta: { width: '5.5rem', from: 'wide' },
    cell: ({ row }) => row.original.object.status.interfaceName ?? <None />,
  }),
  column.accessor((row) => row.hostName ?? '', {
    id: 'host',
    header: text.host,
    sortFn: naturally,
    meta: { width: '7%', from: 'wide' },
    cell: ({ row: { original } }) => (original.hostName ? <ObjectLink kind="host" name={original.hostName} /> : <None />),
  }),
  actions<EndpointRow>(Actions),
]);

function Actions({ row }: { row: EndpointRow }) {
  return <ActionMenu label={tables.object.menu(row.kind, row.name)} actions={useEndpointActions(row)} />;
}
