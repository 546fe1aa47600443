'use client';

import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { DropdownMenu } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { IconButton } from '../../ui/button';
import { Mark } from '../../ui/mark';
import { FilterBox } from '../inventory/filter-box';
import { ConnectionState } from './connection-state';
import { signOut } from './sign-out';

export function Header() {
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-surface">
      <div className="mx-auto flex h-12 max-w-[100rem] items-center gap-3 px-4 lg:px-6">
        <span className="flex items-center gap-2">
          <Mark className="size-6" />
          <span className="text-[15px] font-semibold tracking-tight max-sm:sr-only">Netyard</span>
        </span>
        <FilterBox />
        <span className="flex-1 max-sm:hidden" />
        <ConnectionState />
        <ThemeMenu />
        <IconButton label="Sign out" onClick={() => void signOut()}>
          <LogOut className="size-4" aria-hidden="true" />
        </IconButton>
      </div>
    </header>
  );
}

const themes = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'As the system', icon: Monitor },
] as const;

function ThemeMenu() {
  const { theme, setTheme } = useTheme();
  // The server does not know the choice; its icon appears with the first paint in the browser.
  const isClient = useSyncExternalStore(
    nothingChanges,
    () => true,
    () => false,
  );
  const current = themes.find(({ value }) => isClient && value === theme) ?? themes[2];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label="Theme">
          <current.icon className="size-4" aria-hidden="true" />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="overlay-enter z-40 min-w-40 rounded-lg border border-line bg-raised p-1 shadow-raised"
        >
          <DropdownMenu.RadioGroup value={current.value} onValueChange={setTheme}>
            {themes.map(({ value, label, icon: Icon }) => (
              <DropdownMenu.RadioItem
                key={value}
                value={value}
                className="flex h-7 items-center gap-2 rounded-md px-2 outline-none select-none data-[highlighted]:bg-sunken data-[state=checked]:font-medium"
              >
                <Icon className="size-4 text-ink-3" aria-hidden="true" />
                {label}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const nothingChanges = () => () => undefined;
