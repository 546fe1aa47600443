'use client';

import clsx from 'clsx';
import { useConnection } from '../../api/live';
import type { Connection } from '../../api/live-store';

const looks: Record<Connection['phase'], { label: string; title: string; dot: string }> = {
  connecting: { label: 'Connecting', title: 'Waiting for the first snapshot.', dot: 'bg-warning-bar motion-safe:animate-pulse' },
  live: { label: 'Live', title: 'Changes appear as they happen.', dot: 'bg-ready-bar' },
  stale: { label: 'Reconnecting', title: 'What is shown may be out of date.', dot: 'bg-warning-bar motion-safe:animate-pulse' },
  'signed-out': { label: 'Signed out', title: 'The token is not accepted any more.', dot: 'bg-failing-bar' },
};

/** Whether what the page shows is how things are now. */
export function ConnectionState() {
  const { phase } = useConnection();
  const { label, title, dot } = looks[phase];
  return (
    <span role="status" title={title} className="flex items-center gap-1.5 text-[12px] font-medium text-ink-2">
      <span className={clsx('size-2 rounded-full', dot)} aria-hidden="true" />
      {label}
    </span>
  );
}
