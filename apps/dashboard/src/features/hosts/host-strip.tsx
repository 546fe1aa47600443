'use client';

import { overview } from '../../messages';
import { StatusIcon } from '../../ui/status-badge';
import type { Inventory } from '../inventory/inventory';
import { useSelection, useViewActions } from '../inventory/view-state';

/** The hosts by name, each with how it fares. */
export function HostStrip({ inventory }: { inventory: Inventory }) {
  const [selection] = useSelection();
  const { select } = useViewActions();
  if (inventory.hosts.length === 0) return null;
  return (
    <ul aria-label={overview.hosts} className="flex flex-wrap gap-2">
      {inventory.hosts.map(({ id, name, health, sandboxCount }) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={selection?.kind === 'host' && selection.name === name}
            onClick={() => select({ kind: 'host', name })}
            title={health.message ?? `${health.label}, ${overview.sandboxes(sandboxCount)}`}
            className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-surface px-2 text-[12px] hover:bg-hover aria-pressed:bg-selected"
          >
            <StatusIcon tone={health.tone} className="size-3.5" />
            <span className="font-medium">{name}</span>
            <span className="sr-only">{health.label},</span>
            <span className="text-ink-3">{overview.sandboxes(sandboxCount)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
