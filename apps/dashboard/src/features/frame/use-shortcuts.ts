'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { allPlaces } from './navigation';
import { readShortcut, sequenceMs } from './shortcut';
import { isTyping } from './typing';

interface ShortcutHandlers {
  openPalette: () => void;
  openHelp: () => void;
}

/** The one listener for the keys that work on every page. The handlers must stay the same. */
export function useShortcuts({ openPalette, openHelp }: ShortcutHandlers): void {
  const router = useRouter();
  useEffect(() => {
    let gPressedAt = -Infinity;
    const onKeyDown = (event: KeyboardEvent) => {
      const isPalette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      if (event.defaultPrevented || (isTyping(event.target) && !isPalette)) return;
      const { shortcut, afterG } = readShortcut(event, event.timeStamp - gPressedAt < sequenceMs, allPlaces);
      gPressedAt = afterG ? event.timeStamp : -Infinity;
      if (!shortcut) return;
      event.preventDefault();
      if (shortcut.type === 'go') router.push(shortcut.path);
      else if (shortcut.type === 'help') openHelp();
      else if (shortcut.type === 'palette' || !focusFilter()) openPalette();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [router, openPalette, openHelp]);
}

/** Brings the focus to what filters the page; false where nothing does. */
function focusFilter(): boolean {
  const filter = document.querySelector<HTMLInputElement>('input[aria-keyshortcuts="/"]');
  filter?.focus();
  filter?.select();
  return filter !== null;
}
