import clsx from 'clsx';
import type { ReactNode } from 'react';

export interface PlainColumn<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  /** Where the table is narrow, it is left out. */
  isWideOnly?: boolean;
}

interface PlainTableProps<Row> {
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** A table to read: as the server gave it, neither sorted nor chosen from. */
export function PlainTable<Row>({ label, columns, rows, keyOf }: PlainTableProps<Row>) {
  return (
    <div
      className="@container overflow-x-auto rounded-lg border border-line bg-surface shadow-card"
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <table aria-label={label} className="w-full border-separate border-spacing-0 tabular-nums">
        <thead>
          <tr>
            {columns.map(({ title, align, isWideOnly }) => (
              <th
                key={title}
                scope="col"
                className={clsx(
                  'h-8 border-b border-line px-2 text-[12px] font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4',
                  align === 'end' ? 'text-right' : 'text-left',
                  isWideOnly && 'hidden @2xl:table-cell',
                )}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="group">
              {columns.map(({ title, cell, align, isWideOnly }) => (
                <td
                  key={title}
                  className={clsx(
                    'border-b border-line px-2 py-1.5 align-top group-last:border-b-0 first:pl-4 last:pr-4',
                    align === 'end' && 'text-right',
                    isWideOnly && 'hidden @2xl:table-cell',
                  )}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
