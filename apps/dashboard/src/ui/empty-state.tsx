import type { ReactNode } from 'react';

/** What stands where a list would be: why it is empty, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-8 text-center">
      <p className="font-medium text-ink">{title}</p>
      {children}
    </div>
  );
}
