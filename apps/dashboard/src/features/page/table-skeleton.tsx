import { tables } from '../../messages';

const widths = ['w-2/5', 'w-3/5', 'w-1/2'];

/** Stands for rows that have not come yet. */
export function TableSkeleton() {
  return (
    <div role="status" aria-label={tables.loading} className="flex flex-col gap-3 p-4">
      {widths.map((width) => (
        <div key={width} className={`h-3 rounded bg-sunken motion-safe:animate-pulse ${width}`} />
      ))}
    </div>
  );
}
