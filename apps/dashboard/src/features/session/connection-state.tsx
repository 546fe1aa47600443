'use client';

import clsx from 'clsx';
import { useConnection } from '../../api/live';
import type { Connection } from '../../api/live-store';
import { frame } from '../../messages';

const dots: Record<Connection['phase'], string> = {
  connecting: 'bg-warning-bar motion-safe:animate-pulse',
  live: 'bg-ready-bar',
  stale: 'bg-warning-bar motion-safe:animate-pulse',
  'signed-out': 'bg-failing-bar',
};

/** Whether what the page shows is how things are now. */
export function ConnectionState() {
  const { phase } = useConnection();
  const { label, title } = frame.connection[phase];
  return (
    <span role="status" title={title} className="flex items-center gap-1.5 text-[12px] font-medium text-ink-2">
      <span className={clsx('size-2 rounded-full', dots[phase])} aria-hidden="true" />
      {label}
    </span>
  );
}
