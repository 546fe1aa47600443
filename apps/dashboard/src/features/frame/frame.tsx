'use client';

import dynamic from 'next/dynamic';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { LiveProvider } from '../../api/live';
import { frame } from '../../messages';
import { ApiUrlProvider } from '../form/api-url';
import { InventoryProvider, useInventory } from '../inventory/use-inventory';
import { useNewViewActions, useSelection, ViewActionsProvider } from '../inventory/view-state';
import { Dialogs } from '../page/dialogs';
import { ConnectionBanner } from '../session/connection-banner';
import { Header } from './header';
import { SideBar } from './side-bar';
import { useShortcuts } from './use-shortcuts';

// What is not needed before a page answers comes later: when it is asked for, or once there is something to show.
const loadPalette = () => import('./palette');
const Palette = dynamic(() => loadPalette().then((module) => module.Palette), { ssr: false });
const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog').then((module) => module.ShortcutsDialog), { ssr: false });
const DetailPanel = dynamic(() => import('../page/detail-panel').then((module) => module.DetailPanel), { ssr: false });
const Toaster = dynamic(() => import('../../ui/toaster').then((module) => module.Toaster), { ssr: false });
const Drawer = dynamic(() => import('./drawer').then((module) => module.Drawer), { ssr: false });

/** What all pages share: the live objects, the navigation, the details and the dialogs that the address names. It stays while pages change. */
export function Frame({ apiUrl, children }: { apiUrl: string; children: ReactNode }) {
  const actions = useNewViewActions();
  return (
    <ApiUrlProvider value={apiUrl}>
      <LiveProvider>
        <InventoryProvider>
          <ViewActionsProvider value={actions}>
            <Shell>{children}</Shell>
            <Dialogs />
          </ViewActionsProvider>
        </InventoryProvider>
      </LiveProvider>
    </ApiUrlProvider>
  );
}

function Shell({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<'palette' | 'help' | 'pages' | null>(null);
  const inventory = useInventory();
  const [selection] = useSelection();
  const openPalette = useCallback(() => setOverlay('palette'), []);
  const openHelp = useCallback(() => setOverlay('help'), []);
  const openPages = useCallback(() => setOverlay('pages'), []);
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
        <Header openPages={openPages} openPalette={openPalette} openHelp={openHelp} />
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
      {overlay === 'help' && <ShortcutsDialog onClose={close} />}
    </div>
  );
}
