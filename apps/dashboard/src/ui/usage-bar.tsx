import clsx from 'clsx';
import { controls } from '../messages';

/** A pool so large (an IPv6 subnet) that a share of it says nothing. */
const boundless = 1e9;

/** How much of something is taken, as a bar and in figures. */
export function UsageBar({ used, total, what }: { used: number; total: number; what: string }) {
  if (total >= boundless) return <span>{controls.inUse(used)}</span>;
  const share = total > 0 ? Math.min(1, used / total) : 0;
  const text = controls.of(used, total);
  return (
    <span className="flex items-center gap-2 whitespace-nowrap" title={`${text} ${what}`}>
      <span
        className="h-1.5 w-14 shrink-0 max-sm:w-8 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
        aria-hidden="true"
      >
        <span
          className={clsx('block h-full rounded-full', share >= 0.95 ? 'bg-failing-bar' : share >= 0.8 ? 'bg-warning-bar' : 'bg-accent')}
          style={{ width: used === 0 ? 0 : `max(3px, ${share * 100}%)` }}
        />
      </span>
      <span>{text}</span>
    </span>
  );
}
