'use client';

import {
  createColumnHelper,
  FlexRender,
  createSortedRowModel,
  metaHelper,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Header,
  type ReactTable,
  type Row,
  type SortingState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useRef, type ReactNode } from 'react';

interface ColumnLook {
  /** Of the table's width a share, or a fixed one; what is left goes to the columns that say `auto`. */
  width: string;
  /** The same where the table is narrow. */
  narrowWidth?: string;
  /** How wide the table must be for the column to be shown; always by default. */
  from?: 'medium' | 'wide';
  align?: 'end';
  /** Figures, to be compared from row to row. */
  isFigures?: boolean;
  /** Controls: never cut off. */
  isActions?: boolean;
}

export const dataTableFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnMeta: metaHelper<ColumnLook>(),
});

type Features = typeof dataTableFeatures;
export type DataRow = { id: string };
export type Columns<R extends DataRow> = ColumnDef<Features, R>[];

export const columnHelper = <R extends DataRow>() => createColumnHelper<Features, R>();

const collator = new Intl.Collator('en', { numeric: true });

/** Sorts as people do: `lab-2` before `lab-10`, and numbers by size. */
export function naturally<R extends DataRow>(a: Row<Features, R>, b: Row<Features, R>, columnId: string): number {
  const [left, right] = [a.getValue<unknown>(columnId), b.getValue<unknown>(columnId)];
  return typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(String(left), String(right));
}

const rowHeight = 36;
/** Below this all rows are rendered, so that the browser's own search finds them. */
const virtualFrom = 200;

/** Columns that need room hide while the table, not the window, is narrow: a panel beside it counts. */
const visibility = { medium: 'hidden @2xl:table-cell', wide: 'hidden @5xl:table-cell' } as const;
const columnVisibility = { medium: 'hidden @2xl:table-column', wide: 'hidden @5xl:table-column' } as const;

interface DataTableProps<R extends DataRow> {
  /** What the table lists; read out. */
  label: string;
  columns: Columns<R>;
  /** Keep the array the same while nothing changes: a new one is sorted anew. */
  rows: R[];
  sorting: SortingState;
  onSortingChange: (sorting: SortingState) => void;
  selectedId?: string | undefined;
  /** What a click on a row does; nothing where rows have no more to show. */
  onSelect?: (row: R) => void;
  empty: ReactNode;
}

export function DataTable<R extends DataRow>({
  label,
  columns,
  rows,
  sorting,
  onSortingChange,
  selectedId,
  onSelect,
  empty,
}: DataTableProps<R>) {
  const table = useTable({
    features: dataTableFeatures,
    columns,
    data: rows,
    state: { sorting },
    onSortingChange: (update) => onSortingChange(typeof update === 'function' ? update(sorting) : update),
    getRowId: (row) => row.id,
    enableMultiSort: false,
  });
  const sorted = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = sorted.length > virtualFrom;
  const virtualizer = useVirtualizer({
    count: sorted.length,
    enabled: isVirtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => sorted[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = isVirtual ? (items[0]?.index ?? 0) : 0;
  const last = isVirtual ? (items.at(-1)?.index ?? -1) : sorted.length - 1;
  const leafColumns = table.getAllLeafColumns();

  if (rows.length === 0) return <>{empty}</>;
  return (
    <div
      ref={scroller}
      className={clsx(
        '@container overflow-x-hidden overflow-y-auto',
        isVirtual ? 'h-[max(20rem,calc(100vh-14rem))]' : 'max-h-[max(20rem,calc(100vh-14rem))]',
      )}
    >
      <table aria-label={label} aria-rowcount={sorted.length + 1} className="w-full table-fixed border-separate border-spacing-0">
        <colgroup>
          {leafColumns.map(({ id, columnDef: { meta } }) => (
            <col
              key={id}
              style={{ '--width': meta?.width, '--narrow-width': meta?.narrowWidth ?? meta?.width }}
              className={clsx('w-(--narrow-width) @2xl:w-(--width)', meta?.from && columnVisibility[meta.from])}
            />
          ))}
        </colgroup>
        <Head table={table} />
        <tbody>
          {first > 0 && <Spacer height={first * rowHeight} span={leafColumns.length} />}
          {sorted.slice(first, last + 1).map((row, offset) => (
            <BodyRow key={row.id} row={row} rowIndex={first + offset + 2} isSelected={row.id === selectedId} onSelect={onSelect} />
          ))}
          {last + 1 < sorted.length && <Spacer height={(sorted.length - last - 1) * rowHeight} span={leafColumns.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** The names of the columns, each a button that sorts by it. */
function Head<R extends DataRow>({ table }: { table: ReactTable<Features, R> }) {
  return (
    <thead className="sticky top-0 z-10 bg-surface">
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id}>
          {group.headers.map((header) => (
            <HeaderCell key={header.id} header={header} />
          ))}
        </tr>
      ))}
    </thead>
  );
}

function HeaderCell<R extends DataRow>({ header }: { header: Header<Features, R> }) {
  const { column } = header;
  const { meta } = column.columnDef;
  const direction = column.getIsSorted();
  return (
    <th
      scope="col"
      aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined}
      className={clsx(
        'h-8 border-b border-line px-2 text-[12px] font-medium text-ink-3 first:pl-4 last:pr-3',
        meta?.align === 'end' ? 'text-right not-last:pr-8' : 'text-left',
        meta?.from && visibility[meta.from],
      )}
    >
      {column.getCanSort() ? (
        <button
          type="button"
          onClick={column.getToggleSortingHandler()}
          className={clsx('inline-flex h-6 items-center gap-1 rounded hover:text-ink', direction && 'text-ink')}
        >
          <FlexRender header={header} />
          {direction === 'asc' && <ArrowUp className="size-3" aria-hidden="true" />}
          {direction === 'desc' && <ArrowDown className="size-3" aria-hidden="true" />}
        </button>
      ) : (
        <FlexRender header={header} />
      )}
    </th>
  );
}

interface BodyRowProps<R extends DataRow> {
  row: Row<Features, R>;
  rowIndex: number;
  isSelected: boolean;
  onSelect: ((row: R) => void) | undefined;
}

/** Rows stay as they are while others come and go around them: scrolling renders only what is new. */
const BodyRow = memo(function BodyRow<R extends DataRow>({ row, rowIndex, isSelected, onSelect }: BodyRowProps<R>) {
  return (
    <tr
      aria-rowindex={rowIndex}
      aria-selected={isSelected || undefined}
      onClick={(event) => isPlainClick(event.target) && onSelect?.(row.original)}
      className={clsx('h-9', isSelected ? 'bg-selected' : 'hover:bg-hover')}
    >
      {row.getAllCells().map((cell) => {
        const { meta } = cell.column.columnDef;
        return (
          <td
            key={cell.id}
            className={clsx(
              'h-9 border-b border-line px-2 first:pl-4 last:pr-3',
              !meta?.isActions && 'truncate',
              meta?.isFigures && 'tabular-nums',
              meta?.align === 'end' && 'text-right not-last:pr-8',
              meta?.from && visibility[meta.from],
            )}
          >
            <FlexRender cell={cell} />
          </td>
        );
      })}
    </tr>
  );
}) as <R extends DataRow>(props: BodyRowProps<R>) => ReactNode;

/** Stands for the rows that are not rendered. */
function Spacer({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden="true" style={{ height }}>
      <td colSpan={span} className="p-0" />
    </tr>
  );
}

/** A click that no control in the row has a use for, and that does not end a selection of text. */
function isPlainClick(target: EventTarget): boolean {
  const isControl = target instanceof Element && target.closest('button, a, input, label, [role="menuitem"]') !== null;
  return !isControl && (window.getSelection()?.isCollapsed ?? true);
}
