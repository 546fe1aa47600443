import clsx from 'clsx';
import type { Tone } from '../api/health';
import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, Trash2, TriangleAlert, type LucideIcon } from 'lucide-react';

const looks: Record<Tone, { icon: LucideIcon; className: string }> = {
  ready: { icon: CircleCheck, className: 'text-ready' },
  pending: { icon: CircleDashed, className: 'text-pending' },
  failing: { icon: CircleAlert, className: 'text-failing' },
  warning: { icon: TriangleAlert, className: 'text-warning' },
  deleting: { icon: Trash2, className: 'text-warning' },
  unknown: { icon: CircleHelp, className: 'text-warning' },
  idle: { icon: CircleDashed, className: 'text-ink-3' },
};

export function StatusIcon({ tone, className }: { tone: Tone; className?: string }) {
  const { icon: Icon, className: colour } = looks[tone];
  const moves = tone === 'pending' || tone === 'deleting';
  return <Icon aria-hidden="true" className={clsx('size-4 shrink-0', colour, moves && 'motion-safe:animate-pulse', className)} />;
}

/** A status as an icon and a word, never as colour alone. */
export function StatusBadge({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5 font-medium whitespace-nowrap', looks[tone].className)}>
      <StatusIcon tone={tone} />
      {label}
    </span>
  );
}
