'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab {
  id: string;
  title: string;
  /** Shown beside the title. */
  count?: number | undefined;
  content: ReactNode;
}

interface TabsProps {
  /** What the tabs are views of; read out. */
  label: string;
  tabs: readonly Tab[];
  value: string;
  onChange: (id: string) => void;
}

/** Views of one thing, of which one is shown (the ARIA tabs pattern). Only the shown one is rendered. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  return (
    <Radix.Root value={value} onValueChange={onChange} activationMode="manual" className="flex min-w-0 flex-col gap-4">
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map(({ id, title, count }) => (
          <Radix.Trigger
            key={id}
            value={id}
            // Radix would take the press for one on the list, which then would keep the focus, unseen, when it comes back by Tab.
            onMouseDown={(event) => event.stopPropagation()}
            className="-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-ink-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {title}
            {count !== undefined && <span className="text-[12px] font-normal text-ink-3 tabular-nums">{count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, title, content }) => (
        <Radix.Content key={id} value={id} tabIndex={-1} className="min-w-0 outline-none">
          <h2 className="sr-only">{title}</h2>
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
