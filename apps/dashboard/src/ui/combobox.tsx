'use client';

import clsx from 'clsx';
import { ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { controls } from '../messages';
import { TextInput } from './field';

export interface ComboboxOption {
  value: string;
  label: string;
  /** Said beside the label: an address, a host. */
  detail?: string;
}

interface ComboboxProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly ComboboxOption[];
  placeholder?: string;
  /** What to say where there is nothing to choose. */
  emptyText: string;
  id?: string;
  name?: string;
  /** Lets a form bring the focus here. */
  inputRef?: Ref<HTMLInputElement>;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

/** A longer list is told apart by typing; rendering thousands of options helps nobody. */
const shownOptions = 60;

/** A text field with suggestions (the ARIA combobox pattern): what is typed counts, chosen from the list or not. */
export function Combobox({ value, onChange, options, placeholder, emptyText, id, name, inputRef, ...described }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const matches = useMemo(() => matching(options, query ?? ''), [options, query]);
  const listId = `${id}-options`;

  const close = () => {
    setOpen(false);
    setQuery(null);
  };
  const choose = (option: ComboboxOption) => {
    onChange(option.value);
    close();
  };
  const moveTo = (index: number) => {
    setOpen(true);
    const next = matches.length === 0 ? 0 : (index + matches.length) % matches.length;
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const option = matches[active];
    if (event.key === 'ArrowDown') moveTo(open ? active + 1 : 0);
    else if (event.key === 'ArrowUp') moveTo(open ? active - 1 : -1);
    else if (event.key === 'Enter' && open && option) choose(option);
    else if (event.key === 'Escape' && open) close();
    else return;
    event.preventDefault();
    // Escape closes the list, not the dialog around it.
    event.stopPropagation();
  };

  return (
    <Popover.Root open={open} onOpenChange={(next) => (next ? setOpen(true) : close())}>
      <Popover.Anchor className="relative">
        <TextInput
          {...described}
          id={id}
          name={name}
          ref={inputRef}
          role="combobox"
          aria-expanded={open}
          aria-controls={open ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={open && matches[active] ? `${listId}-${active}` : undefined}
          placeholder={placeholder}
          value={value}
          className="pr-8"
          onChange={(event) => {
            onChange(event.target.value);
            setQuery(event.target.value);
            setActive(0);
            setOpen(true);
          }}
          onClick={() => setOpen(true)}
          onBlur={close}
          onKeyDown={onKeyDown}
        />
        <ChevronsUpDown className="pointer-events-none absolute top-2 right-2.5 size-4 text-ink-3" aria-hidden="true" />
      </Popover.Anchor>
      <Popover.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        // The field keeps the focus; pressing on the list must not blur it before the click arrives.
        onMouseDown={(event) => event.preventDefault()}
        role="presentation"
        className="z-50 max-h-64 w-(--radix-popover-trigger-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised"
      >
        <ul ref={list} id={listId} role="listbox" aria-label={controls.suggestions}>
          {matches.map((option, index) => (
            <li
              key={option.value}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={option.value === value}
              onClick={() => choose(option)}
              onMouseMove={() => setActive(index)}
              className={clsx(
                'flex min-h-7 cursor-pointer items-center justify-between gap-3 rounded-md px-2 py-1',
                index === active && 'bg-sunken',
                option.value === value && 'font-medium',
              )}
            >
              <span className="truncate">{option.label}</span>
              {option.detail && <span className="shrink-0 text-[12px] text-ink-3">{option.detail}</span>}
            </li>
          ))}
        </ul>
        {matches.length === 0 && <p className="px-2 py-1.5 text-ink-3">{options.length === 0 ? emptyText : controls.noSuggestion}</p>}
      </Popover.Content>
    </Popover.Root>
  );
}

function matching(options: readonly ComboboxOption[], query: string): ComboboxOption[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: ComboboxOption[] = [];
  for (const option of options) {
    const text = `${option.label} ${option.detail ?? ''} ${option.value}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(option);
    if (found.length === shownOptions) break;
  }
  return found;
}
