'use client';

import { Maximize2, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, type ReactNode } from 'react';
import { tables } from '../../messages';
import { objectPath } from '../../paths';
import { IconButton } from '../../ui/button';
import { findRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useSelection, type ObjectName } from '../inventory/view-state';
import { Details } from './object-details';

const text = tables.object;

/** All about the selected object, beside the page or, where there is no room, over it. */
export function DetailPanel() {
  const inventory = useInventory();
  const [selection, select] = useSelection();
  if (!selection || !inventory) return null;
  const { kind, name } = selection;
  const row = findRow(inventory, kind, name);
  return (
    <Panel key={`${kind}/${name}`} object={selection} onClose={() => void select(null)}>
      {row ? <Details row={row} /> : <p className="px-4 py-6 text-ink-2">{text.goneFromPanel(kind)}</p>}
    </Panel>
  );
}

interface PanelProps {
  object: ObjectName;
  onClose: () => void;
  children: ReactNode;
}

function Panel({ object: { kind, name }, onClose, children }: PanelProps) {
  const path = objectPath(kind, name);
  const isOnItsPage = usePathname() === path;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role="dialog"], [role="menu"]')) onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <aside
      aria-label={text.details(kind, name)}
      className="overlay-enter overflow-y-auto rounded-lg border border-line bg-surface max-xl:fixed max-xl:inset-x-0 max-xl:bottom-0 max-xl:z-20 max-xl:max-h-[70vh] max-xl:rounded-b-none max-xl:shadow-raised md:max-xl:inset-x-auto md:max-xl:top-12 md:max-xl:right-0 md:max-xl:max-h-none md:max-xl:w-96 md:max-xl:rounded-none xl:sticky xl:top-16 xl:max-h-[calc(100vh-5rem)] xl:w-96 xl:shrink-0 xl:self-start xl:shadow-card"
    >
      <header className="sticky top-0 z-10 flex items-start gap-2 border-b border-line bg-surface py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1 pt-0.5">
          <p className="text-[12px] leading-4 text-ink-3 capitalize">{kind}</p>
          <h2 className="truncate text-[15px] leading-6 font-semibold" title={name}>
            {name}
          </h2>
        </div>
        {hasPage(kind) && !isOnItsPage && (
          <Link
            href={path}
            aria-label={text.open(kind, name)}
            title={text.open(kind, name)}
            className="inline-grid size-7 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink"
          >
            <Maximize2 className="size-3.5" aria-hidden="true" />
          </Link>
        )}
        <IconButton label={text.closeDetails} onClick={onClose}>
          <X className="size-4" aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}

const hasPage = (kind: ObjectName['kind']): boolean => kind !== 'port';
