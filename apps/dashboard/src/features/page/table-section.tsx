'use client';

import { Plus } from 'lucide-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import { Button } from '../../ui/button';
import { DataTable, type Columns } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { matchesFilter } from '../inventory/filter';
import type { AnyRow } from '../inventory/inventory';
import { useFilter, useSelection, useSorting, useViewActions, type TableName } from '../inventory/view-state';

interface TableSectionProps<R extends AnyRow> {
  kind: TableName;
  title: string;
  rows: R[] | undefined;
  columns: Columns<R>;
  create: { label: string; run: () => void; disabledReason?: string | undefined };
  /** What stands there when there is nothing of the kind at all. */
  empty: ReactNode;
}

/** One table with its heading, its count, and the button that makes another. */
export function TableSection<R extends AnyRow>({ kind, title, rows, columns, create, empty }: TableSectionProps<R>) {
  const [filter, setFilter] = useFilter();
  const [sorting, setSorting] = useSorting(kind);
  const [selection] = useSelection();
  const { select } = useViewActions();
  const shown = useMemo(() => rows?.filter((row) => matchesFilter(row.filter, filter)), [rows, filter]);
  const onSelect = useCallback((row: R) => select({ kind: row.kind, name: row.name }), [select]);
  const selected = shown?.find((row) => row.kind === selection?.kind && row.name === selection.name);
  return (
    <section id={kind} aria-labelledby={`${kind}-title`} className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      <header className="flex h-11 items-center gap-2 border-b border-line pr-3 pl-4">
        <h2 id={`${kind}-title`} className="text-[14px] font-semibold">
          {title}
        </h2>
        {rows && shown && (
          <span className="text-ink-3">
            {filter && shown.length !== rows.length ? `${format(shown.length)} of ${format(rows.length)}` : format(rows.length)}
          </span>
        )}
        <span className="flex-1" />
        <Button size="small" onClick={create.run} disabledReason={create.disabledReason}>
          <Plus className="size-3.5" aria-hidden="true" />
          {create.label}
        </Button>
      </header>
      {rows && shown ? (
        <DataTable
          label={title}
          columns={columns}
          rows={shown}
          sorting={sorting}
          onSortingChange={(next) => void setSorting(next)}
          selectedId={selected?.id}
          onSelect={onSelect}
          empty={
            rows.length === 0 ? (
              empty
            ) : (
              <EmptyState title={`None of ${format(rows.length)} matches “${filter}”.`}>
                <Button size="small" onClick={() => void setFilter(null)}>
                  Clear the filter
                </Button>
              </EmptyState>
            )
          }
        />
      ) : (
        <Skeleton />
      )}
    </section>
  );
}

const number = new Intl.NumberFormat('en');
const format = (count: number): string => number.format(count);

/** Stands for rows that have not come yet. */
function Skeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
      {['w-2/5', 'w-3/5', 'w-1/2'].map((width) => (
        <div key={width} className={`h-3 rounded bg-sunken motion-safe:animate-pulse ${width}`} />
      ))}
    </div>
  );
}
