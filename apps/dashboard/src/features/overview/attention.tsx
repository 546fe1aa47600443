'use client';

import clsx from 'clsx';
import { useMemo, useState } from 'react';
import { urgency } from '../../api/health';
import { overview } from '../../messages';
import { Button } from '../../ui/button';
import { StatusIcon } from '../../ui/status-badge';
import type { AnyRow, Inventory } from '../inventory/inventory';
import { useViewActions, type ObjectName } from '../inventory/view-state';

/** As many as are read at a glance. */
const shownRows = 4;
/** Beyond this the lists with their filters serve better. */
const wholeRows = 100;

/** What needs a person, first on the page, with the sentence that says why. */
export function Attention({ inventory }: { inventory: Inventory }) {
  const { select } = useViewActions();
  const [isWhole, setWhole] = useState(false);
  const rows = useMemo(() => troubled(inventory), [inventory]);
  if (rows.length === 0) return null;
  const onlyWarns = rows.every(({ health }) => health.tone === 'warning');
  return (
    <section
      aria-labelledby="attention-title"
      className={clsx(
        'overflow-hidden rounded-lg border bg-surface shadow-card',
        onlyWarns ? 'border-warning-bar/40' : 'border-failing-bar/40',
      )}
    >
      <h2
        id="attention-title"
        className={clsx(
          'border-b border-line px-4 py-2 font-semibold',
          onlyWarns ? 'bg-warning-soft text-warning' : 'bg-failing-soft text-failing',
        )}
      >
        {overview.attention(rows.length)}
      </h2>
      <ul>
        {rows.slice(0, isWhole ? wholeRows : shownRows).map((row) => (
          <li key={row.id} className="flex items-start gap-2 border-b border-line px-4 py-2 last:border-b-0">
            <StatusIcon tone={row.health.tone} className="mt-1" />
            <div className="min-w-0 flex-1">
              <button
                type="button"
                onClick={() => select(shownAs(row))}
                className="mr-2 min-h-6 rounded font-medium hover:text-accent hover:underline"
              >
                <span className="font-normal text-ink-3">{row.kind}</span> {row.name}
              </button>
              <span className="text-ink-2">{row.health.message}</span>
            </div>
          </li>
        ))}
        {rows.length > shownRows && !isWhole && (
          <li className="px-3 py-1.5">
            <Button variant="quiet" size="small" onClick={() => setWhole(true)}>
              {overview.showAll(Math.min(rows.length, wholeRows))}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Where its details are: a port's are among its endpoint's. */
const shownAs = (row: AnyRow): ObjectName =>
  row.kind === 'port' ? { kind: 'endpoint', name: row.endpointName } : { kind: row.kind, name: row.name };

const everyRow = ({ hosts, networks, sandboxes, endpoints, ports, policies }: Inventory): AnyRow[] => [
  ...hosts,
  ...networks,
  ...sandboxes,
  ...endpoints,
  ...ports,
  ...policies,
];

function troubled(inventory: Inventory): AnyRow[] {
  return everyRow(inventory)
    .filter(({ health }) => ['failing', 'unknown', 'warning'].includes(health.tone))
    .sort((a, b) => urgency(a.health.tone) - urgency(b.health.tone));
}
