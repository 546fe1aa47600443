'use client';

import { Command } from 'cmdk';
import type { LucideIcon } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useReturnFocus } from './dialog';

interface CommandDialogProps {
  title: string;
  placeholder: string;
  query: string;
  onQueryChange: (query: string) => void;
  /** Stands where nothing matches. */
  empty: string;
  onClose: () => void;
  /** Groups with items, already narrowed to the query. */
  children: ReactNode;
}

/** A list that is narrowed by typing and gone through by arrow keys, over the page. */
export function CommandDialog({ title, placeholder, query, onQueryChange, empty, onClose, children }: CommandDialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay-enter fixed inset-0 z-30 bg-(--scrim)" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="dialog-enter fixed inset-x-2 top-[10vh] z-40 mx-auto max-w-xl overflow-hidden rounded-xl border border-line bg-raised shadow-raised outline-none"
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <Command label={title} shouldFilter={false} loop>
            <Command.Input
              value={query}
              onValueChange={onQueryChange}
              placeholder={placeholder}
              className="h-12 w-full border-b border-line bg-transparent px-4 text-[15px] outline-none placeholder:text-ink-3"
            />
            <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-ink-2">{empty}</Command.Empty>
              {children}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export function CommandGroup({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Command.Group
      heading={title}
      className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-[11px] **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

interface CommandItemProps {
  /** Tells it from all others of the list. */
  value: string;
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}

export function CommandItem({ value, icon: Icon, onSelect, children }: CommandItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2.5 select-none data-[selected=true]:bg-selected"
    >
      <Icon className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
      {children}
    </Command.Item>
  );
}
