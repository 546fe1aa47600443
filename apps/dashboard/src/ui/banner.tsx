import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

const tones = {
  warning: 'border-warning-bar/40 bg-warning-soft text-warning',
  failing: 'border-failing-bar/40 bg-failing-soft text-failing',
  info: 'border-line bg-surface text-ink-2',
} as const;

/** A sentence that people must not miss. */
export function Banner({ tone, icon: Icon, children }: { tone: keyof typeof tones; icon: LucideIcon; children: ReactNode }) {
  return (
    <div role="status" className={clsx('flex items-start gap-2 rounded-lg border px-3 py-2', tones[tone])}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
