import clsx from 'clsx';

const count = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** How much of something is taken, as a bar and in figures. Totals beyond a million are rounded. */
export function UsageBar({ used, total, what }: { used: number; total: number; what: string }) {
  const share = total > 0 ? Math.min(1, used / total) : 0;
  const text = `${count.format(used)} of ${total > 1e6 ? compact.format(total) : count.format(total)}`;
  return (
    <span className="flex items-center gap-2 whitespace-nowrap" title={`${text} ${what}`}>
      <span className="h-1.5 w-14 shrink-0 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset" aria-hidden="true">
        <span
          className={clsx('block h-full rounded-full', share >= 0.95 ? 'bg-failing-bar' : share >= 0.8 ? 'bg-warning-bar' : 'bg-accent')}
          style={{ width: used === 0 ? 0 : `max(3px, ${share * 100}%)` }}
        />
      </span>
      <span>{text}</span>
    </span>
  );
}
