'use client';

import type { ReactNode } from 'react';
import { urgency } from '../../api/health';
import { objects } from '../../messages';
import { columnHelper, naturally } from '../../ui/data-table';
import { HealthCell, NameCell } from './cells';
import type { AnyRow } from './inventory';

/** The columns that every table begins with. */
export function nameAndStatus<R extends AnyRow>() {
  const column = columnHelper<R>();
  return column.columns([
    column.accessor((row) => row.name, {
      id: 'name',
      header: objects.name,
      sortFn: naturally,
      meta: { width: '19%', narrowWidth: 'auto' },
      cell: ({ row }) => <NameCell row={row.original} />,
    }),
    column.accessor((row) => urgency(row.health.tone), {
      id: 'status',
      header: objects.status,
      meta: { width: '7.5rem', narrowWidth: '6.5rem' },
      cell: ({ row }) => <HealthCell health={row.original.health} />,
    }),
  ]);
}

/** The column that every table ends with: what can be done to the row. */
export function actions<R extends AnyRow>(Actions: (props: { row: R }) => ReactNode, width = '3.25rem') {
  return columnHelper<R>().display({
    id: 'actions',
    header: () => <span className="sr-only">{objects.actions.title}</span>,
    meta: { width, narrowWidth: '3.25rem', align: 'end', isActions: true },
    cell: ({ row }) => <Actions row={row.original} />,
  });
}
