'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { settings } from '../../messages';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { ActionMenu, type MenuAction } from '../../ui/menu';
import { Time } from '../../ui/time';

/** A row of a list of settings: what the API lists, with the id that the table tells rows by. */
export interface ListRow<Value> {
  id: string;
  value: Value;
}

const idOfObject = ({ metadata }: { metadata: { id: string } }): string => metadata.id;

/** Asks for a list when its page is opened, and again after changes. `idOf`, which must stay the same, tells its rows apart. */
export function useListRows<Value extends { metadata: { id: string } }>(
  queryKey: readonly string[],
  ask: () => Promise<Value[]>,
  enabled = true,
  idOf: (value: Value) => string = idOfObject,
): { values: Value[] | undefined; rows: ListRow<Value>[] | undefined; error: Error | null } {
  const { data, error } = useQuery({ queryKey, queryFn: ask, enabled });
  const rows = useMemo(() => data?.map((value) => ({ id: idOf(value), value })), [data, idOf]);
  return { values: data, rows, error };
}

interface Look {
  width: string;
  narrowWidth?: string;
  from?: 'medium' | 'wide';
}

/** What the things of a list are called. */
export function nameColumn<Value>(header: string, nameOf: (value: Value) => string, meta: Look) {
  return columnHelper<ListRow<Value>>().accessor(({ value }) => nameOf(value), {
    id: 'name',
    header,
    sortFn: naturally,
    meta,
    cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
  });
}

/** A point of time of each; those that have none come last. */
export function timeColumn<Value>(id: string, header: string, timeOf: (value: Value) => string | null, meta: Look) {
  return columnHelper<ListRow<Value>>().accessor(({ value }) => timeOf(value) ?? '9999', {
    id,
    header,
    meta,
    cell: ({ row: { original } }) => {
      const at = timeOf(original.value);
      return at === null ? <span className="text-ink-3">{settings.never}</span> : <Time at={at} />;
    },
  });
}

/** What can be done to each. */
export function menuColumn<Value>(kind: string, nameOf: (value: Value) => string, actionsOf: (name: string, value: Value) => MenuAction[]) {
  return columnHelper<ListRow<Value>>().display({
    id: 'actions',
    header: () => <span className="sr-only">{settings.columns.actions}</span>,
    meta: { width: '3.25rem', align: 'end', isActions: true },
    cell: ({ row: { original } }) => {
      const name = nameOf(original.value);
      return <ActionMenu label={settings.menu(kind, name)} actions={actionsOf(name, original.value)} />;
    },
  });
}

export type ListColumns<Value> = Columns<ListRow<Value>>;
export const listColumns = <Value,>() => columnHelper<ListRow<Value>>();
