'use client';

import { policies as text, tables } from '../../messages';
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
    header: text.network,
    sortFn: naturally,
    meta: { width: 'auto', from: 'medium' },
    cell: ({ row }) => <ObjectLink kind="network" name={row.original.networkName} />,
  }),
  column.accessor((row) => row.object.spec.priority, {
    id: 'priority',
    header: text.priority,
    meta: { width: '7rem', align: 'end', isFigures: true, from: 'medium' },
  }),
  column.accessor((row) => row.object.spec.rules.length, {
    id: 'rules',
    header: text.rules,
    meta: { width: '6.5rem', align: 'end', isFigures: true, from: 'medium' },
  }),
  column.accessor((row) => row.object.spec.defaultAction, {
    id: 'default',
    header: text.everythingElse,
    meta: { width: '9rem', from: 'medium' },
    cell: ({ row }) => (row.original.object.spec.defaultAction === 'deny' ? text.denied : text.allowed),
  }),
  actions<PolicyRow>(Actions),
]);

function Actions({ row }: { row: PolicyRow }) {
  return <ActionMenu label={tables.object.menu(row.kind, row.name)} actions={usePolicyActions(row)} />;
}
