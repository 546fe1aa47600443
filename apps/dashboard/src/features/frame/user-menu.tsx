'use client';

import { Keyboard, LogOut, MonitorX, UserRound } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import { session as text } from '../../messages';
import { paths } from '../../paths';
import { menuClass, menuItemClass } from '../../ui/menu-look';
import { useSession } from '../session/session-context';
import { signOut } from '../session/session-requests';

interface UserMenuProps {
  trigger: ReactElement;
  openHelp: () => void;
  openSignOutEverywhere: () => void;
}

/** Opens at once: it is there when it was asked for. */
export function UserMenu({ trigger, openHelp, openSignOutEverywhere }: UserMenuProps) {
  const session = useSession();
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className={menuClass}>
          {session && (
            <DropdownMenu.Label className="border-b border-line px-2 pt-1 pb-2">
              <span className="block text-[12px] leading-4 text-ink-3">{text.signedInAs}</span>
              <span className="block font-semibold">{session.name}</span>
              <span className="block text-[12px] leading-4 text-ink-2">
                {session.deploymentRole
                  ? text.everywhere(text.roles[session.deploymentRole])
                  : session.role && text.role(text.roles[session.role], session.tenant)}
              </span>
            </DropdownMenu.Label>
          )}
          <DropdownMenu.Item asChild className={`${menuItemClass} mt-1`}>
            <Link href={paths.account}>
              <UserRound className="size-4 text-ink-3" aria-hidden="true" />
              {text.account}
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item onSelect={openHelp} className={menuItemClass}>
            <Keyboard className="size-4 text-ink-3" aria-hidden="true" />
            {text.shortcuts}
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item onSelect={() => void signOut()} className={menuItemClass}>
            <LogOut className="size-4 text-ink-3" aria-hidden="true" />
            {text.signOut}
          </DropdownMenu.Item>
          {session?.kind === 'user' && (
            <DropdownMenu.Item onSelect={openSignOutEverywhere} className={menuItemClass}>
              <MonitorX className="size-4 text-ink-3" aria-hidden="true" />
              {text.signOutEverywhere}
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
