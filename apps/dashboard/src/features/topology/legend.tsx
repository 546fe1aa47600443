import type { ReactNode } from 'react';
import { topology as text } from '../../messages/topology';

const { legend } = text;

/** What shapes and lines mean. */
export function Legend() {
  return (
    <dl
      aria-label={legend.title}
      className="pointer-events-none absolute bottom-2 left-2 flex max-w-[calc(100%-4rem)] flex-wrap gap-x-3 gap-y-1 rounded-md border border-line bg-surface/95 px-2.5 py-1 text-[11px] leading-5 text-ink-2 max-md:hidden"
    >
      <Entry name={legend.network}>
        <rect x="1" y="3" width="22" height="10" rx="5" fill="var(--selected)" stroke="var(--accent)" />
      </Entry>
      <Entry name={legend.sandbox}>
        <rect x="1" y="2" width="22" height="12" rx="3" fill="var(--surface)" stroke="var(--line-strong)" />
      </Entry>
      <Entry name={legend.router}>
        <rect x="1" y="3" width="22" height="10" fill="var(--sunken)" stroke="var(--line-strong)" />
      </Entry>
      <Entry name={legend.tunnel}>
        <path d="M0 8H24" stroke="var(--line-strong)" strokeWidth="1.5" strokeDasharray="1.5 4" />
      </Entry>
      <Entry name={legend.traffic}>
        <path d="M0 8H24" stroke="var(--accent)" strokeWidth="3" />
      </Entry>
      <Entry name={legend.trouble}>
        <path d="M0 8H24" stroke="var(--failing-bar)" strokeWidth="2" strokeDasharray="7 3" />
      </Entry>
    </dl>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-1.5">
      <dt>
        <svg width="24" height="16" viewBox="0 0 24 16" fill="none" aria-hidden="true">
          {children}
        </svg>
      </dt>
      <dd>{name}</dd>
    </div>
  );
}
