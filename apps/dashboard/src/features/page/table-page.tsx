'use client';

import { Plus } from 'lucide-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import { tables } from '../../messages';
import { Button } from '../../ui/button';
import { DataTable, type Columns } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { BulkBar } from '../bulk/bulk-bar';
import type { BulkRow } from '../bulk/bulk-requests';
import { choiceColumn } from '../inventory/choice-column';
import { ChosenProvider } from '../inventory/chosen';
import { FacetFilters } from '../inventory/facet-filters';
import { matchesFilter } from '../inventory/filter';
import { FilterBox } from '../inventory/filter-box';
import type { AnyRow } from '../inventory/inventory';
import { StatusFilter } from '../inventory/status-filter';
import { ViewsMenu } from '../inventory/views-menu';
import { useFilter, useSelection, useSorting, useViewActions, type DialogName, type TableName } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';
import { PageHeading } from './page-heading';
import { TableSkeleton } from './table-skeleton';

interface TablePageProps<R extends AnyRow> {
  kind: TableName;
  title: string;
  rows: R[] | undefined;
  columns: Columns<R>;
  /** The dialog that makes another, and why it cannot be used now. */
  create?: { label: string; dialog: DialogName; disabledReason?: string | undefined };
  /** What stands there when there is nothing of the kind at all. */
  empty: ReactNode;
}

/** The page that lists all objects of one kind: heading with their count, filter, the button that makes another, table. */
export function TablePage<R extends AnyRow>(props: TablePageProps<R>) {
  return (
    <ChosenProvider>
      <Content {...props} />
    </ChosenProvider>
  );
}

function Content<R extends AnyRow>({ kind, title, rows, columns, create, empty }: TablePageProps<R>) {
  const [filter, setFilter] = useFilter();
  const [sorting, setSorting] = useSorting(kind);
  const [selection] = useSelection();
  const { select, open } = useViewActions();
  const refusal = useDialogRefusal();
  const shown = useMemo(() => rows?.filter((row) => matchesFilter(row.filter, filter)), [rows, filter]);
  const onSelect = useCallback((row: R) => select({ kind: row.kind, name: row.name }), [select]);
  const selected = shown?.find((row) => row.kind === selection?.kind && row.name === selection.name);
  const isBulk = bulkTables.has(kind);
  const bulkRows = useMemo(() => (shown as readonly AnyRow[] | undefined)?.filter(isBulkRow), [shown]);
  const all = useMemo(() => (isBulk ? [choiceColumn<R>(), ...columns] : columns), [isBulk, columns]);
  return (
    <>
      <PageHeading title={title} note={rows && shown && tables.count(shown.length, rows.length)}>
        {create && (
          <Button variant="primary" onClick={() => open(create.dialog)} disabledReason={refusal(create.dialog) ?? create.disabledReason}>
            <Plus className="size-4" aria-hidden="true" />
            {create.label}
          </Button>
        )}
      </PageHeading>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <FilterBox label={tables.filter.label(title)} />
        {rows && <FacetFilters kind={kind} rows={rows} />}
        <ViewsMenu />
        {rows && <StatusFilter rows={rows} />}
      </div>
      {isBulk && bulkRows && <BulkBar rows={bulkRows} />}
      <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {rows && shown ? (
          <DataTable
            label={title}
            columns={all}
            rows={shown}
            sorting={sorting}
            onSortingChange={(next) => void setSorting(next)}
            selectedId={selected?.id}
            onSelect={onSelect}
            empty={
              rows.length === 0 ? (
                empty
              ) : (
                <EmptyState title={tables.noneMatches(rows.length, filter)}>
                  <Button size="small" onClick={() => void setFilter(null)}>
                    {tables.clearFilter}
                  </Button>
                </EmptyState>
              )
            }
          />
        ) : (
          <TableSkeleton />
        )}
      </div>
    </>
  );
}

/** Lists whose rows can be labelled and deleted together. */
const bulkTables: ReadonlySet<TableName> = new Set(['networks', 'sandboxes', 'endpoints', 'policies']);

const isBulkRow = (row: AnyRow): row is BulkRow => row.kind !== 'host' && row.kind !== 'port';
