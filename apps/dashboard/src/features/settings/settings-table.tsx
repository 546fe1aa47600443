'use client';

import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { tables } from '../../messages';
import { DataTable, type Columns, type DataRow } from '../../ui/data-table';
import { useSorting, type TableName } from '../inventory/view-state';
import { Card } from '../page/card';
import { TableSkeleton } from '../page/table-skeleton';
import { SettingsPage } from './settings-page';

interface SettingsTableProps<R extends DataRow> {
  kind: TableName;
  title: string;
  /** What these are for, in a sentence or two. */
  say: ReactNode;
  /** Undefined until they have come. */
  rows: R[] | undefined;
  /** Why they did not come. */
  error: Error | null;
  columns: Columns<R>;
  create?: { label: string; run: () => void; disabledReason?: string | undefined };
  empty: ReactNode;
}

/** A page of settings that is a list: what it is for, the list, and the button that adds to it. */
export function SettingsTable<R extends DataRow>({ kind, title, say, rows, error, columns, create, empty }: SettingsTableProps<R>) {
  const [sorting, setSorting] = useSorting(kind);
  return (
    <SettingsPage
      title={title}
      note={rows && tables.count(rows.length, rows.length)}
      say={say}
      action={create && { ...create, icon: Plus }}
      error={error}
    >
      {(rows ?? !error) && (
        <Card>
          {rows ? (
            <DataTable
              label={title}
              columns={columns}
              rows={rows}
              sorting={sorting}
              onSortingChange={(next) => void setSorting(next)}
              empty={empty}
            />
          ) : (
            <TableSkeleton />
          )}
        </Card>
      )}
    </SettingsPage>
  );
}
