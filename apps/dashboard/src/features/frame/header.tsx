'use client';

import { CircleUser, Menu, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { frame, session } from '../../messages';
import { IconButton } from '../../ui/button';
import { ConnectionState } from '../session/connection-state';
import { TenantButton } from '../session/tenant-button';
import type { Overlay } from './frame';
import { LazyMenu } from './lazy-menu';
import { ThemeIcon } from './theme-icon';

const ThemeMenu = dynamic(() => import('./theme-menu').then((module) => module.ThemeMenu), { ssr: false });
const UserMenu = dynamic(() => import('./user-menu').then((module) => module.UserMenu), { ssr: false });

/** What stands over every page: the way to everything, and how the page stands to the API. */
export function Header({ open }: { open: (overlay: Overlay) => void }) {
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-surface">
      <div className="flex h-12 items-center gap-2 px-4 lg:px-6">
        <IconButton label={frame.openNavigation} onClick={() => open('pages')} className="lg:hidden">
          <Menu className="size-4" aria-hidden="true" />
        </IconButton>
        <TenantButton onClick={() => open('tenant')} />
        <button
          type="button"
          onClick={() => open('palette')}
          aria-label={frame.search}
          aria-keyshortcuts="Control+K Meta+K"
          className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md border border-line bg-canvas px-2.5 text-ink-3 hover:border-line-strong hover:text-ink sm:max-w-72"
        >
          <Search className="size-4 shrink-0" aria-hidden="true" />
          <span className="min-w-0 flex-1 truncate text-left">{frame.searchShort}</span>
          <kbd className="rounded border border-line px-1.5 text-[11px] leading-[18px] max-sm:hidden">{frame.searchKeys}</kbd>
        </button>
        <span className="flex-1 max-sm:hidden" />
        <ConnectionState />
        <LazyMenu label={frame.theme.label} icon={<ThemeIcon />}>
          {(trigger) => <ThemeMenu trigger={trigger} />}
        </LazyMenu>
        <LazyMenu label={session.menu} icon={<CircleUser className="size-4" aria-hidden="true" />}>
          {(trigger) => <UserMenu trigger={trigger} openHelp={() => open('help')} openSignOutEverywhere={() => open('sign-out')} />}
        </LazyMenu>
      </div>
    </header>
  );
}
