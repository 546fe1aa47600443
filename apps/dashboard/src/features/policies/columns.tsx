'use client';

import { urgency } from '../../api/health';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { ActionMenu } from '../../ui/menu';
import { HealthCell, NameCell, ObjectLink } from '../inventory/cells';
import type { PolicyRow } from '../inventory/inventory';
import { usePolicyActions } from './actions';

const column = columnHelper<PolicyRow>();

export const policyColumns: Columns<PolicyRow> = column.columns([
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
  column.accessor('networkName', {
    id: 'network',
    header: 'Network',
    sortFn: naturally,
    meta: { width: 'auto', from: 'medium' },
    cell: ({ row }) => <ObjectLink kind="network" name={row.original.networkName} />,
  }),
  column.accessor((row) => row.object.spec.priority, {
    id: 'priority',
    header: 'Priority',
    meta: { width: '7rem', align: 'end', isFigures: true, from: 'medium' },
  }),
  column.accessor((row) => row.object.spec.rules.length, {
    id: 'rules',
    header: 'Rules',
    meta: { width: '6.5rem', align: 'end', isFigures: true, from: 'medium' },
  }),
  column.accessor((row) => row.object.spec.defaultAction, {
    id: 'default',
    header: 'Everything else',
    meta: { width: '9rem', from: 'medium' },
    cell: ({ row }) => (row.original.object.spec.defaultAction === 'deny' ? 'denied' : 'allowed'),
  }),
  column.display({
    id: 'actions',
    header: () => <span className="sr-only">Actions</span>,
    meta: { width: '3.25rem', align: 'end', isActions: true },
    cell: ({ row }) => <Actions row={row.original} />,
  }),
]);

function Actions({ row }: { row: PolicyRow }) {
  return <ActionMenu label={`What to do with policy ${row.name}`} actions={usePolicyActions(row)} />;
}
