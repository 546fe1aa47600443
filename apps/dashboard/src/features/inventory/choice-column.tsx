'use client';

import { selection } from '../../messages';
import { columnHelper } from '../../ui/data-table';
import { useChosen, useChosenIds, useIsChosen } from './chosen';
import type { AnyRow } from './inventory';

/** The column by which rows are chosen, before all others. */
export function choiceColumn<R extends AnyRow>() {
  return columnHelper<R>().display({
    id: 'choice',
    header: ({ table }) => <ChooseAll rows={table.getRowModel().rows.map(({ original }) => original)} />,
    meta: { width: '2.75rem', narrowWidth: '2.75rem', isActions: true },
    cell: ({ row }) => <Choose row={row.original} />,
  });
}

const look = 'inline-grid size-6 cursor-pointer place-items-center align-middle';

function Choose({ row }: { row: AnyRow }) {
  const chosen = useChosen();
  return (
    <label className={look}>
      <input
        type="checkbox"
        aria-label={selection.choose(row.name)}
        checked={useIsChosen(row.id)}
        onChange={(event) => chosen.set([row.id], event.target.checked)}
        className="size-4 accent-(--accent)"
      />
    </label>
  );
}

function ChooseAll({ rows }: { rows: readonly AnyRow[] }) {
  const chosen = useChosen();
  const ids = useChosenIds();
  const count = rows.filter(({ id }) => ids.has(id)).length;
  return (
    <label className={look}>
      <input
        type="checkbox"
        aria-label={selection.chooseAll}
        checked={rows.length > 0 && count === rows.length}
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && count < rows.length;
        }}
        onChange={(event) =>
          chosen.set(
            rows.map(({ id }) => id),
            event.target.checked,
          )
        }
        className="size-4 accent-(--accent)"
      />
    </label>
  );
}
