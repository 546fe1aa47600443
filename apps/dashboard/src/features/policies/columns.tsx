'use client';

import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { ActionMenu } from '../../ui/menu';
import { ObjectLink } from '../inventory/cells';
import { actions, nameAndStatus } from '../inventory/columns';
import type { PolicyRow } from '../inventory/inventory';
import { usePolicyActions } from './actions';

const column = columnHelper<PolicyRow>();

export const policyColumns: Columns<PolicyRow> = column.columns([
  ...nameAndStatus<PolicyRow>(),
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
  actions<PolicyRow>(Actions),
]);

function Actions({ row }: { row: PolicyRow }) {
  return <ActionMenu label={`What to do with policy ${row.name}`} actions={usePolicyActions(row)} />;
}
