import type { ReactNode } from 'react';

interface PageHeadingProps {
  title: string;
  /** Beside the title: a count, a state. */
  note?: ReactNode;
  /** What can be done here, at the end of the line. */
  children?: ReactNode;
}

/** The first line of every page. */
export function PageHeading({ title, note, children }: PageHeadingProps) {
  return (
    <header className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="text-[20px] leading-8 font-semibold tracking-tight">{title}</h1>
      {note !== undefined && <span className="text-ink-3">{note}</span>}
      <span className="flex-1" />
      {children}
    </header>
  );
}
