'use client';

import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { themeChoices } from './themes';

/** The picture of the theme that is chosen. */
export function ThemeIcon() {
  const { theme } = useTheme();
  // The server does not know the choice; its icon appears with the first paint in the browser.
  const isClient = useSyncExternalStore(
    nothingChanges,
    () => true,
    () => false,
  );
  const { icon: Icon } = themeChoices.find(({ value }) => (isClient ? value === theme : value === 'system')) ?? themeChoices[0];
  return <Icon className="size-4" aria-hidden="true" />;
}

const nothingChanges = () => () => undefined;
