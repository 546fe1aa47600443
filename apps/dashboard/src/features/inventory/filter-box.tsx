'use client';

import { Search, X } from 'lucide-react';
import { tables } from '../../messages';
import { IconButton } from '../../ui/button';
import { TextInput } from '../../ui/field';
import { useFilter } from './view-state';

/** Narrows the table of the page. `/` brings the focus here (the frame listens for it), Escape clears. */
export function FilterBox({ label }: { label: string }) {
  const [filter, setFilter] = useFilter();
  return (
    <search className="relative min-w-0 max-sm:w-full sm:w-96">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3" aria-hidden="true" />
      <TextInput
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={tables.filter.placeholder}
        value={filter}
        onChange={(event) => void setFilter(event.target.value || null)}
        onKeyDown={(event) => event.key === 'Escape' && void setFilter(null)}
        className="pr-8 pl-8 text-ellipsis"
      />
      {filter ? (
        <IconButton label={tables.clearFilter} onClick={() => void setFilter(null)} className="absolute top-0.5 right-0.5">
          <X className="size-4" aria-hidden="true" />
        </IconButton>
      ) : (
        <kbd
          aria-hidden="true"
          className="pointer-events-none absolute top-1.5 right-2 rounded border border-line px-1.5 text-[11px] leading-[18px] text-ink-3 max-sm:hidden"
        >
          /
        </kbd>
      )}
    </search>
  );
}
