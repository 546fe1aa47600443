'use client';

import { useMemo, useState } from 'react';
import type { SortingState } from '@tanstack/react-table';
import { urgency } from '../../api/health';
import { objects } from '../../messages';
import { topology as text } from '../../messages/topology';
import { columnHelper, DataTable, naturally, type Columns } from '../../ui/data-table';
import { StatusBadge } from '../../ui/status-badge';
import { None } from '../inventory/cells';
import { useSelection, useViewActions } from '../inventory/view-state';
import { rowsOfTopology, type TopologyRow } from './model/rows';
import { rateText } from './traffic/rate-text';
import { useRates } from './traffic/use-traffic';

const column = columnHelper<TopologyRow>();

/** All nodes and endpoints of the topology, with what each is linked to: the drawing's twin. */
export function TopologyTable({ topology }: { topology: Parameters<typeof rowsOfTopology>[0] }) {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'name', desc: false }]);
  const [selection] = useSelection();
  const { select } = useViewActions();
  const rows = useMemo(() => rowsOfTopology(topology), [topology]);
  const selected = rows.find(
    ({ object, kind }) => kind !== 'router' && object?.kind === selection?.kind && object?.name === selection?.name,
  );
  return (
    <DataTable
      label={text.title}
      columns={columns}
      rows={rows}
      sorting={sorting}
      onSortingChange={setSorting}
      selectedId={selected?.id}
      onSelect={({ object }) => object && select(object)}
      empty={null}
    />
  );
}

const columns: Columns<TopologyRow> = column.columns([
  column.accessor((row) => row.title, {
    id: 'name',
    header: objects.name,
    sortFn: naturally,
    meta: { width: '20%', narrowWidth: 'auto' },
    cell: ({ row }) => <Name row={row.original} />,
  }),
  column.accessor((row) => urgency(row.tone), {
    id: 'status',
    header: objects.status,
    meta: { width: '7.5rem', narrowWidth: '6.5rem' },
    cell: ({ row }) => (
      <span className="inline-flex h-6 items-center align-middle">
        <StatusBadge tone={row.original.tone} label={row.original.state} />
      </span>
    ),
  }),
  column.accessor((row) => text.kinds[row.kind], {
    id: 'kind',
    header: text.table.kind,
    sortFn: naturally,
    meta: { width: '10rem', from: 'medium' },
  }),
  column.accessor((row) => row.group, {
    id: 'group',
    header: text.table.group,
    sortFn: naturally,
    meta: { width: '14%', from: 'wide' },
    cell: ({ row }) => row.original.group || <None />,
  }),
  column.accessor((row) => row.linkedTo.length, {
    id: 'linked',
    header: text.table.linkedTo,
    meta: { width: 'auto', from: 'medium' },
    cell: ({ row }) => <LinkedTo of={row.original.linkedTo} />,
  }),
  column.display({
    id: 'traffic',
    header: text.table.traffic,
    meta: { width: '9rem', from: 'medium', isFigures: true },
    cell: ({ row }) => <Traffic of={row.original.endpoints} />,
  }),
]);

function Name({ row: { object, title } }: { row: TopologyRow }) {
  const { select } = useViewActions();
  if (!object) return <span className="font-medium">{title}</span>;
  return (
    <button
      type="button"
      onClick={() => select(object)}
      title={title}
      className="-my-0.5 inline-block h-6 max-w-full truncate rounded text-left align-middle leading-6 font-medium hover:text-accent hover:underline"
    >
      {title}
    </button>
  );
}

const listed = 3;

function LinkedTo({ of }: { of: readonly string[] }) {
  if (of.length === 0) return <None />;
  const more = of.length - listed;
  return (
    <span title={of.slice(0, 40).join('\n')} className="text-ink-2">
      {of.slice(0, listed).join(', ')}
      {more > 0 && ` ${text.table.more(more)}`}
    </span>
  );
}

function Traffic({ of }: { of: readonly string[] }) {
  const rates = useRates();
  const sum = { ingressMbps: 0, egressMbps: 0 };
  for (const endpoint of of) {
    const rate = rates.get(endpoint);
    sum.ingressMbps += rate?.ingressMbps ?? 0;
    sum.egressMbps += rate?.egressMbps ?? 0;
  }
  return rateText(sum) || <None />;
}
