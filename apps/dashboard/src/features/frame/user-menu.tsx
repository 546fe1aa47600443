'use client';

import { Keyboard, LogOut } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import { frame } from '../../messages';
import { menuClass, menuItemClass } from '../../ui/menu-look';
import { signOut } from '../session/sign-out';

/** Opens at once: it is there when it was asked for. */
export function UserMenu({ trigger, openHelp }: { trigger: ReactElement; openHelp: () => void }) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className={menuClass}>
          <DropdownMenu.Item onSelect={openHelp} className={menuItemClass}>
            <Keyboard className="size-4 text-ink-3" aria-hidden="true" />
            {frame.user.shortcuts}
          </DropdownMenu.Item>
          <DropdownMenu.Item onSelect={() => void signOut()} className={menuItemClass}>
            <LogOut className="size-4 text-ink-3" aria-hidden="true" />
            {frame.user.signOut}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
