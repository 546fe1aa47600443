'use client';

import { useTheme } from 'next-themes';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import { frame } from '../../messages';
import { menuClass, menuItemClass } from '../../ui/menu-look';
import { themeChoices } from './themes';

/** Opens at once: it is there when it was asked for. */
export function ThemeMenu({ trigger }: { trigger: ReactElement }) {
  const { theme = 'system', setTheme } = useTheme();
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className={menuClass}>
          <DropdownMenu.RadioGroup value={theme} onValueChange={setTheme}>
            {themeChoices.map(({ value, icon: Icon }) => (
              <DropdownMenu.RadioItem key={value} value={value} className={menuItemClass}>
                <Icon className="size-4 text-ink-3" aria-hidden="true" />
                {frame.theme[value]}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
