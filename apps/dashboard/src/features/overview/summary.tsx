'use client';

import { Box, Network, Server, Waypoints, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { frame, overview, tables } from '../../messages';
import { filteredPath, paths } from '../../paths';
import { StatusIcon } from '../../ui/status-badge';
import type { AnyRow, Inventory } from '../inventory/inventory';
import { statusesOf } from '../inventory/statuses';

/** How many there are of each kind, and how they fare, the worst first. */
export function Summary({ inventory }: { inventory: Inventory | null }) {
  return (
    <section aria-label={overview.summary} className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Tile title={frame.places.hosts} icon={Server} rows={inventory?.hosts} list={paths.hosts} />
      <Tile title={frame.places.networks} icon={Network} rows={inventory?.networks} list={paths.networks} />
      <Tile title={frame.places.sandboxes} icon={Box} rows={inventory?.sandboxes} list={paths.sandboxes} />
      <Tile title={frame.places.endpoints} icon={Waypoints} rows={inventory?.endpoints} list={paths.endpoints} />
    </section>
  );
}

interface TileProps {
  title: string;
  icon: LucideIcon;
  rows: readonly AnyRow[] | undefined;
  /** The page that lists them. */
  list: string;
}

function Tile({ title, icon: Icon, rows, list }: TileProps) {
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-ink-2">
          <Link href={list} className="flex min-h-6 items-center gap-2 rounded font-medium hover:text-ink hover:underline">
            <Icon className="size-4 text-ink-3" aria-hidden="true" />
            {title}
          </Link>
        </h2>
        <span className="text-[20px] leading-6 font-semibold tracking-tight">
          {rows ? tables.count(rows.length, rows.length) : <span className="text-ink-3">…</span>}
        </span>
      </div>
      <div className="flex min-h-6 flex-wrap items-center gap-x-1 gap-y-0.5">{rows && <Breakdown rows={rows} list={list} />}</div>
    </div>
  );
}

/** The statuses that occur, each a link to the list of what has it. */
function Breakdown({ rows, list }: { rows: readonly AnyRow[]; list: string }) {
  if (rows.length === 0) return <span className="text-[12px] text-ink-3">{overview.none}</span>;
  return statusesOf(rows).map(({ tone, label, count, word }) => (
    <Link
      key={tone}
      href={filteredPath(list, word)}
      className="-ml-1.5 mr-1.5 inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-[12px] text-ink-2 hover:bg-sunken hover:text-ink"
    >
      <StatusIcon tone={tone} className="size-3.5" />
      {tables.count(count, count)} {label.toLowerCase()}
    </Link>
  ));
}
