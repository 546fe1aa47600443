'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

/** Where short messages appear and go by themselves. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      toastOptions={{
        style: { background: 'var(--raised)', color: 'var(--ink)', borderColor: 'var(--line)', fontFamily: 'inherit', fontSize: '13px' },
      }}
    />
  );
}
