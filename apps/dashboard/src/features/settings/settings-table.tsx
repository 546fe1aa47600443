'use client';

import { ApiProblem } from '@netyard/api-client';
import { CircleAlert, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { tables } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { DataTable, type Columns, type DataRow } from '../../ui/data-table';
import { useSorting, type TableName } from '../inventory/view-state';
import { PageHeading } from '../page/page-heading';
import { TableSkeleton } from '../page/table-skeleton';

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
  /** Between what they are for and the list: what narrows it. */
  children?: ReactNode;
}

/** A page of settings that is a list: what it is for, the list, and the button that adds to it. */
export function SettingsTable<R extends DataRow>({
  kind,
  title,
  say,
  rows,
  error,
  columns,
  create,
  empty,
  children,
}: SettingsTableProps<R>) {
  const [sorting, setSorting] = useSorting(kind);
  return (
    <>
      <PageHeading title={title} note={rows && tables.count(rows.length, rows.length)}>
        {create && (
          <Button variant="primary" onClick={create.run} disabledReason={create.disabledReason}>
            <Plus className="size-4" aria-hidden="true" />
            {create.label}
          </Button>
        )}
      </PageHeading>
      <p className="-mt-2 max-w-prose text-ink-2">{say}</p>
      {children}
      {error && <LoadProblem error={error} />}
      {(rows ?? !error) && (
        <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
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
        </div>
      )}
    </>
  );
}

/** Says why something did not come, in the API's words. */
export function LoadProblem({ error }: { error: Error }) {
  return (
    <Banner tone="failing" icon={CircleAlert}>
      {error instanceof ApiProblem ? error.message : tables.unreachable}
    </Banner>
  );
}
