'use client';

import clsx from 'clsx';
import { useMemo } from 'react';
import { tables } from '../../messages';
import { StatusIcon } from '../../ui/status-badge';
import { hasWord, toggleWord } from './filter';
import type { AnyRow } from './inventory';
import { statusesOf } from './statuses';
import { useFilter } from './view-state';

/** The statuses that occur in a list, each a switch that narrows the list to it. */
export function StatusFilter({ rows }: { rows: readonly AnyRow[] }) {
  const [filter, setFilter] = useFilter();
  const statuses = useMemo(() => statusesOf(rows), [rows]);
  if (statuses.length === 0) return null;
  return (
    <div role="group" aria-label={tables.byStatus} className="flex flex-wrap gap-1 max-sm:-ml-1.5">
      {statuses.map(({ tone, label, count, word }) => {
        const isOn = hasWord(filter, word);
        return (
          <button
            key={tone}
            type="button"
            aria-pressed={isOn}
            title={isOn ? tables.showAll : tables.showOnly(label.toLowerCase())}
            onClick={() => void setFilter(toggleWord(filter, word) || null)}
            className={clsx(
              'inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-[12px] text-ink-2 hover:bg-sunken',
              isOn && 'bg-sunken font-medium text-ink',
            )}
          >
            <StatusIcon tone={tone} className="size-3.5" />
            {tables.count(count, count)} {label.toLowerCase()}
          </button>
        );
      })}
    </div>
  );
}
