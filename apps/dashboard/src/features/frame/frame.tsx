'use client';

import type { Session } from '@netyard/api-client';
import dynamic from 'next/dynamic';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { lookAtTenant } from '../../api/tenant';
import { LiveProvider } from '../../api/live';
import { frame } from '../../messages';
import { ApiUrlProvider } from '../form/api-url';
import { InventoryProvider, useInventory } from '../inventory/use-inventory';
import { useNewViewActions, useSelection, ViewActionsProvider } from '../inventory/view-state';
import { Dialogs } from '../page/dialogs';
import { ConnectionBanner } from '../session/connection-banner';
import { SessionProvider } from '../session/session-context';
import { Header } from './header';
import { SideBar } from './side-bar';
import { useShortcuts } from './use-shortcuts';

// What is not needed before a page answers comes later: when it is asked for, or once there is something to show.
const loadPalette = () => import('./palette');
const Palette = dynamic(() => loadPalette().then((module) => module.Palette), { ssr: false });
const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog').then((module) => module.ShortcutsDialog), { ssr: false });
const DetailPanel = dynamic(() => import('../page/detail-panel').then((module) => module.DetailPanel), { ssr: false });
const Toaster = dynamic(() => import('../../ui/toaster').then((module) => module.Toaster), { ssr: false });
const TenantDialog = dynamic(() => import('../session/tenant-dialog').then((module) => module.TenantDialog), { ssr: false });
const SignOutEverywhereDialog = dynamic(
  () => import('../session/sign-out-everywhere-dialog').then((module) => module.SignOutEverywhereDialog),
  { ssr: false },
);
const Drawer = dynamic(() => import('./drawer').then((module) => module.Drawer), { ssr: false });

interface FrameProps {
  apiUrl: string;
  /** Null where the API did not say yet who it is. */
  session: Session | null;
  children: ReactNode;
}

/** What all pages share: the live objects, the navigation, the details and the dialogs that the address names. It stays while pages change. */
export function Frame({ apiUrl, session, children }: FrameProps) {
  // Before anything is asked for.
  useState(() => lookAtTenant(session?.tenant ?? undefined));
  const actions = useNewViewActions();
  return (
    <ApiUrlProvider value={apiUrl}>
      <LiveProvider>
        <SessionProvider initial={session}>
          <InventoryProvider>
            <ViewActionsProvider value={actions}>
              <Shell>{children}</Shell>
              <Dialogs />
            </ViewActionsProvider>
          </InventoryProvider>
        </SessionProvider>
      </LiveProvider>
    </ApiUrlProvider>
  );
}

/** What the frame opens over the page. */
export type Overlay = 'palette' | 'help' | 'pages' | 'tenant' | 'sign-out';

function Shell({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const inventory = useInventory();
  const [selection] = useSelection();
  const openPalette = useCallback(() => setOverlay('palette'), []);
  const openHelp = useCallback(() => setOverlay('help'), []);
  const close = useCallback(() => setOverlay(null), []);
  const isFilled = inventory !== null;
  useEffect(() => {
    // It is typed into as soon as its key is pressed: it has to be there by then.
    if (isFilled) void loadPalette();
  }, [isFilled]);
  useShortcuts({ openPalette, openHelp });
  return (
    <div className="min-h-screen lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {frame.skip}
      </a>
      <SideBar />
      <div className="min-w-0">
        <Header open={setOverlay} />
        <div className="mx-auto flex max-w-[100rem] items-start gap-4 px-4 py-4 lg:px-6">
          <main id="page" tabIndex={-1} className="flex min-w-0 flex-1 flex-col gap-4 outline-none">
            <ConnectionBanner />
            {children}
          </main>
          {inventory && selection && <DetailPanel />}
        </div>
      </div>
      {inventory && <Toaster />}
      {overlay === 'pages' && <Drawer onClose={close} />}
      {overlay === 'palette' && <Palette onClose={close} />}
      {overlay === 'tenant' && <TenantDialog onClose={close} />}
      {overlay === 'sign-out' && <SignOutEverywhereDialog onClose={close} />}
      {overlay === 'help' && <ShortcutsDialog onClose={close} />}
    </div>
  );
}
