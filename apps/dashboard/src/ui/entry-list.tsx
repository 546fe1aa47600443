import type { ReactNode } from 'react';
import type { Tone } from '../api/health';
import { StatusIcon } from './status-badge';

/** A titled list of things that each have a state, in a panel. */
export function EntryList({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-[12px] font-medium text-ink-3">{title}</h3>
      <ul aria-label={title} className="flex flex-col rounded-md border border-line">
        {children}
      </ul>
    </section>
  );
}

interface EntryProps {
  tone: Tone;
  title: ReactNode;
  children: ReactNode;
}

/** One of them: what it is called, and under it what there is to say. */
export function Entry({ tone, title, children }: EntryProps) {
  return (
    <li className="flex items-start gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
      <StatusIcon tone={tone} className="mt-1 size-3.5" />
      <div className="min-w-0 flex-1">
        <div className="font-medium">{title}</div>
        <div className="text-[12px] leading-[18px] break-words text-ink-2">{children}</div>
      </div>
    </li>
  );
}
