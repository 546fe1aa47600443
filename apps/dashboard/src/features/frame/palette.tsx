'use client';

import { Activity, Box, Network, Plus, Server, ShieldCheck, Waypoints, type LucideIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useState } from 'react';
import { frame, palette } from '../../messages';
import { objectPath, paths } from '../../paths';
import { CommandDialog, CommandGroup, CommandItem } from '../../ui/command-dialog';
import { StatusIcon } from '../../ui/status-badge';
import { matchesFilter } from '../inventory/filter';
import type { AnyRow, Inventory } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useViewActions, type DialogName, type SelectableKind } from '../inventory/view-state';
import type { Access } from '../session/permissions';
import { useDialogRefusal, useRefusal } from '../session/session-context';
import { allPlaces, placesFor } from './navigation';
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

/** Commands that have a page of their own to be done on. */
const pageCommands: readonly { path: string; title: string; needs: Access }[] = [
  { path: `${paths.enrolment}?dialog=enrol`, title: palette.enrol, needs: { resource: 'enrolment', verb: 'create' } },
  { path: `${paths.members}?dialog=add-member`, title: palette.addMember, needs: { resource: 'member', verb: 'update' } },
  { path: `${paths.tokens}?dialog=create-token`, title: palette.createToken, needs: { resource: 'token', verb: 'create' } },
  { path: `${paths.tenants}?dialog=create-tenant`, title: palette.createTenant, needs: { resource: 'tenant', verb: 'create' } },
];

/** Finds pages, commands and objects by what one types, and goes there or does it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const router = useRouter();
  const inventory = useInventory();
  const { open } = useViewActions();
  const { setTheme } = useTheme();
  const refusal = useDialogRefusal();
  const mayNot = useRefusal();
  const matches = (title: string) => title.toLowerCase().includes(query.trim().toLowerCase());
  const run = (action: () => void) => () => {
    onClose();
    action();
  };
  const objects = query.trim() && inventory ? foundObjects(inventory, query) : [];
  return (
    <CommandDialog
      title={palette.title}
      placeholder={palette.placeholder}
      query={query}
      onQueryChange={setQuery}
      empty={palette.none(query)}
      onClose={onClose}
    >
      <CommandGroup title={palette.objects}>
        {objects.map((row) => (
          <CommandItem
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
          </CommandItem>
        ))}
      </CommandGroup>
      <CommandGroup title={palette.pages}>
        {placesFor(allPlaces, mayNot)
          .filter(({ title }) => matches(title))
          .map(({ title, path, icon, letter }) => (
            <CommandItem key={path} value={`go ${path}`} icon={icon} onSelect={run(() => router.push(path))}>
              <span className="flex-1">{title}</span>
              <span className="text-[12px] text-ink-3">{palette.shortcuts.goKeys(letter).join(' ')}</span>
            </CommandItem>
          ))}
      </CommandGroup>
      <CommandGroup title={palette.commands}>
        {[
          ...commands
            .filter(({ dialog, title }) => matches(title) && refusal(dialog) === undefined)
            .map(({ dialog, title, icon }) => (
              <CommandItem key={dialog} value={`do ${dialog}`} icon={icon} onSelect={run(() => open(dialog))}>
                {title}
              </CommandItem>
            )),
          ...pageCommands
            .filter(({ title, needs }) => matches(title) && mayNot(needs) === undefined)
            .map(({ path, title }) => (
              <CommandItem key={path} value={`do ${path}`} icon={Plus} onSelect={run(() => router.push(path))}>
                {title}
              </CommandItem>
            )),
        ]}
      </CommandGroup>
      <CommandGroup title={palette.themes}>
        {themeChoices
          .filter(({ value }) => matches(frame.theme[value]))
          .map(({ value, icon }) => (
            <CommandItem key={value} value={`theme ${value}`} icon={icon} onSelect={run(() => setTheme(value))}>
              {frame.theme[value]}
            </CommandItem>
          ))}
      </CommandGroup>
    </CommandDialog>
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
