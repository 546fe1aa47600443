'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '../../ui/button';
import { TextInput } from '../../ui/field';
import { useFilter } from './view-state';

/** Narrows all tables at once. `/` brings the focus here, Escape clears. */
export function FilterBox() {
  const [filter, setFilter] = useFilter();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <search className="relative min-w-0 flex-1 sm:max-w-md sm:flex-[2]">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3" aria-hidden="true" />
      <TextInput
        ref={input}
        aria-label="Filter networks, sandboxes and endpoints"
        aria-keyshortcuts="/"
        placeholder="Filter by name, address, host:lab-1, status:failing"
        value={filter}
        onChange={(event) => void setFilter(event.target.value || null)}
        onKeyDown={(event) => event.key === 'Escape' && void setFilter(null)}
        className="pr-8 pl-8 text-ellipsis"
      />
      {filter ? (
        <IconButton label="Clear the filter" onClick={() => void setFilter(null)} className="absolute top-0.5 right-0.5">
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

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role="dialog"]') !== null);
