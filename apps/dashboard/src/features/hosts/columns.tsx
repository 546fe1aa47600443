'use client';

import { tables } from '../../messages';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { ActionMenu } from '../../ui/menu';
import { Time } from '../../ui/time';
import { None } from '../inventory/cells';
import { actions, nameAndStatus } from '../inventory/columns';
import { useHostActions } from './actions';
import type { HostRow } from '../inventory/inventory';

const column = columnHelper<HostRow>();
const text = tables.columns;

export const hostColumns: Columns<HostRow> = column.columns([
  ...nameAndStatus<HostRow>(),
  column.accessor('sandboxCount', {
    header: text.sandboxes,
    meta: { width: '7.5rem', align: 'end', isFigures: true, from: 'medium' },
  }),
  column.accessor((row) => row.object.status.kernelRelease ?? '', {
    id: 'kernel',
    header: text.kernel,
    sortFn: naturally,
    meta: { width: '14%', from: 'medium' },
    cell: ({ row }) => row.original.object.status.kernelRelease ?? <None />,
  }),
  column.accessor((row) => row.object.status.workerVersion ?? '', {
    id: 'worker',
    header: text.worker,
    sortFn: naturally,
    meta: { width: '6rem', from: 'wide' },
    cell: ({ row }) => row.original.object.status.workerVersion ?? <None />,
  }),
  column.accessor((row) => row.object.status.features.join(', '), {
    id: 'features',
    header: text.features,
    sortFn: naturally,
    meta: { width: 'auto', from: 'wide' },
    cell: ({ getValue }) => <span title={getValue()}>{getValue() || <None />}</span>,
  }),
  column.accessor((row) => row.object.status.lastSeenAt ?? '', {
    id: 'last-seen',
    header: text.lastSeen,
    meta: { width: '8.5rem', from: 'medium' },
    cell: ({ row: { original } }) => (original.object.status.lastSeenAt ? <Time at={original.object.status.lastSeenAt} /> : <None />),
  }),
  actions<HostRow>(Actions),
]);

function Actions({ row }: { row: HostRow }) {
  return <ActionMenu label={tables.object.menu('host', row.name)} actions={useHostActions(row)} />;
}
