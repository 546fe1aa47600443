'use client';

import clsx from 'clsx';
import { Box, Network, Server, Waypoints, type LucideIcon } from 'lucide-react';
import type { Tone } from '../../api/health';
import { urgency } from '../../api/health';
import { StatusIcon } from '../../ui/status-badge';
import { hasWord, toggleWord } from '../inventory/filter';
import type { AnyRow, Inventory } from '../inventory/inventory';
import { useFilter } from '../inventory/view-state';

const number = new Intl.NumberFormat('en');

/** How many there are of each kind, and how they fare, the worst first. */
export function Summary({ inventory }: { inventory: Inventory | null }) {
  return (
    <section aria-label="Summary" className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Tile title="Hosts" icon={Server} rows={inventory?.hosts} />
      <Tile title="Networks" icon={Network} rows={inventory?.networks} href="#networks" />
      <Tile title="Sandboxes" icon={Box} rows={inventory?.sandboxes} href="#sandboxes" />
      <Tile title="Endpoints" icon={Waypoints} rows={inventory?.endpoints} href="#endpoints" />
    </section>
  );
}

interface TileProps {
  title: string;
  icon: LucideIcon;
  rows: readonly AnyRow[] | undefined;
  href?: string;
}

function Tile({ title, icon: Icon, rows, href }: TileProps) {
  const heading = (
    <>
      <Icon className="size-4 text-ink-3" aria-hidden="true" />
      {title}
    </>
  );
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-ink-2">
          {href ? (
            <a href={href} className="flex items-center gap-2 rounded font-medium hover:text-ink hover:underline">
              {heading}
            </a>
          ) : (
            <span className="flex items-center gap-2 font-medium">{heading}</span>
          )}
        </h2>
        <span className="text-[20px] leading-6 font-semibold tracking-tight">
          {rows ? number.format(rows.length) : <span className="text-ink-3">…</span>}
        </span>
      </div>
      <div className="flex min-h-6 flex-wrap items-center gap-x-1 gap-y-0.5">{rows && <Breakdown rows={rows} />}</div>
    </div>
  );
}

/** The statuses that occur, each a switch that narrows the tables to it. */
function Breakdown({ rows }: { rows: readonly AnyRow[] }) {
  const [filter, setFilter] = useFilter();
  if (rows.length === 0) return <span className="text-[12px] text-ink-3">none yet</span>;
  return statusesOf(rows).map(({ tone, label, count }) => {
    const word = `status:${label.toLowerCase().replaceAll(' ', '-')}`;
    const isOn = hasWord(filter, word);
    return (
      <button
        key={tone}
        type="button"
        aria-pressed={isOn}
        title={isOn ? 'Show all again' : `Show only what is ${label.toLowerCase()}`}
        onClick={() => void setFilter(toggleWord(filter, word) || null)}
        className={clsx(
          '-ml-1.5 mr-1.5 inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-[12px] text-ink-2 hover:bg-sunken',
          isOn && 'bg-sunken font-medium text-ink',
        )}
      >
        <StatusIcon tone={tone} className="size-3.5" />
        {number.format(count)} {label.toLowerCase()}
      </button>
    );
  });
}

function statusesOf(rows: readonly AnyRow[]): { tone: Tone; label: string; count: number }[] {
  const counts = new Map<Tone, { label: string; count: number }>();
  for (const { health } of rows) counts.set(health.tone, { label: health.label, count: (counts.get(health.tone)?.count ?? 0) + 1 });
  return [...counts].map(([tone, entry]) => ({ tone, ...entry })).sort((a, b) => urgency(a.tone) - urgency(b.tone));
}
