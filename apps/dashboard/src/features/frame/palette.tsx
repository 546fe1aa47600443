'use client';

import { Command } from 'cmdk';
import { Activity, Box, Network, Plus, Server, ShieldCheck, Waypoints, type LucideIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Dialog } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { frame, palette } from '../../messages';
import { objectPath } from '../../paths';
import { useReturnFocus } from '../../ui/dialog';
import { StatusIcon } from '../../ui/status-badge';
import { matchesFilter } from '../inventory/filter';
import type { AnyRow, Inventory } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useViewActions, type DialogName, type SelectableKind } from '../inventory/view-state';
import { allPlaces } from './navigation';
import { themeChoices } from './themes';

/** Of each search so many objects are listed: more are found by typing on. */
const shownObjects = 12;

const kindIcons: Record<SelectableKind, LucideIcon> = {
  host: Server,
  network: Network,
  sandbox: Box,
  endpoint: Waypoints,
  policy: ShieldCheck,
  port: Waypoints,
};

const commands: readonly { dialog: DialogName; title: string; icon: LucideIcon }[] = [
  { dialog: 'create-network', title: palette.createNetwork, icon: Plus },
  { dialog: 'create-sandbox', title: palette.createSandbox, icon: Plus },
  { dialog: 'join', title: palette.join, icon: Plus },
  { dialog: 'create-policy', title: palette.createPolicy, icon: Plus },
  { dialog: 'ping', title: palette.ping, icon: Activity },
];

/** Finds pages, commands and objects by what one types, and goes there or does it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const returnFocus = useReturnFocus();
  const router = useRouter();
  const inventory = useInventory();
  const { open } = useViewActions();
  const { setTheme } = useTheme();
  const matches = (title: string) => title.toLowerCase().includes(query.trim().toLowerCase());
  const run = (action: () => void) => () => {
    onClose();
    action();
  };
  const objects = query.trim() && inventory ? foundObjects(inventory, query) : [];
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay-enter fixed inset-0 z-30 bg-(--scrim)" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="dialog-enter fixed inset-x-2 top-[10vh] z-40 mx-auto max-w-xl overflow-hidden rounded-xl border border-line bg-raised shadow-raised outline-none"
        >
          <Dialog.Title className="sr-only">{palette.title}</Dialog.Title>
          <Command label={palette.title} shouldFilter={false} loop>
            <Command.Input
              value={query}
              onValueChange={setQuery}
              placeholder={palette.placeholder}
              className="h-12 w-full border-b border-line bg-transparent px-4 text-[15px] outline-none placeholder:text-ink-3"
            />
            <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-ink-2">{palette.none(query)}</Command.Empty>
              <Group title={palette.objects}>
                {objects.map((row) => (
                  <Item
                    key={row.id}
                    value={row.id}
                    icon={kindIcons[row.kind]}
                    onSelect={run(() => router.push(objectPath(row.kind, row.name)))}
                  >
                    <span className="min-w-0 truncate font-medium">{row.name}</span>
                    <span className="text-ink-3">{row.kind}</span>
                    <span className="flex-1" />
                    <StatusIcon tone={row.health.tone} className="size-3.5" />
                    <span className="text-[12px] text-ink-2">{row.health.label}</span>
                  </Item>
                ))}
              </Group>
              <Group title={palette.pages}>
                {allPlaces
                  .filter(({ title }) => matches(title))
                  .map(({ title, path, icon, letter }) => (
                    <Item key={path} value={`go ${path}`} icon={icon} onSelect={run(() => router.push(path))}>
                      <span className="flex-1">{title}</span>
                      <span className="text-[12px] text-ink-3">g {letter}</span>
                    </Item>
                  ))}
              </Group>
              <Group title={palette.commands}>
                {commands
                  .filter(({ title }) => matches(title))
                  .map(({ dialog, title, icon }) => (
                    <Item key={dialog} value={`do ${dialog}`} icon={icon} onSelect={run(() => open(dialog))}>
                      {title}
                    </Item>
                  ))}
              </Group>
              <Group title={palette.themes}>
                {themeChoices
                  .filter(({ value }) => matches(frame.theme[value]))
                  .map(({ value, icon }) => (
                    <Item key={value} value={`theme ${value}`} icon={icon} onSelect={run(() => setTheme(value))}>
                      {frame.theme[value]}
                    </Item>
                  ))}
              </Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function foundObjects(inventory: Inventory, query: string): AnyRow[] {
  const { hosts, networks, sandboxes, endpoints, policies } = inventory;
  const found: AnyRow[] = [];
  for (const rows of [networks, sandboxes, endpoints, hosts, policies] satisfies readonly (readonly AnyRow[])[]) {
    for (const row of rows) {
      if (found.length === shownObjects) return found;
      if (matchesFilter(row.filter, query)) found.push(row);
    }
  }
  return found;
}

function Group({ title, children }: { title: string; children: ReactNode[] }) {
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

interface ItemProps {
  value: string;
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}

function Item({ value, icon: Icon, onSelect, children }: ItemProps) {
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
