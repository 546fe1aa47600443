'use client';

import { objects } from '../../messages';
import { StatusIcon } from '../../ui/status-badge';
import { Button } from '../../ui/button';
import { ObjectLink } from './cells';
import type { EndpointRow } from './inventory';
import { useFilter } from './view-state';

/** More than this is read in the table. */
const shownEndpoints = 12;

interface EndpointListProps {
  title: string;
  endpoints: readonly EndpointRow[];
  /** What is said of each beside its address: the other side of the connection. */
  tell: (row: EndpointRow) => string | null;
  /** The filter that shows them all in the table. */
  filterWord: string;
}

export function EndpointList({ title, endpoints, tell, filterWord }: EndpointListProps) {
  const [, setFilter] = useFilter();
  if (endpoints.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-[12px] font-medium text-ink-3">{objects.titleCount(title, endpoints.length)}</h3>
      <ul aria-label={title} className="flex flex-col rounded-md border border-line">
        {endpoints.slice(0, shownEndpoints).map((row) => (
          <li key={row.id} className="flex items-start gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
            <StatusIcon tone={row.health.tone} className="mt-1 size-3.5" />
            <div className="min-w-0 flex-1">
              <ObjectLink kind="endpoint" name={row.name} strong />
              <p className="text-[12px] leading-[18px] break-words text-ink-2">
                {[tell(row), ...row.addresses].filter(Boolean).join(' · ')}
              </p>
            </div>
            <span className="sr-only">{row.health.label}</span>
          </li>
        ))}
      </ul>
      {endpoints.length > shownEndpoints && (
        <Button variant="quiet" size="small" className="mt-1" onClick={() => void setFilter(filterWord)}>
          {objects.showAll(endpoints.length)}
        </Button>
      )}
    </div>
  );
}
