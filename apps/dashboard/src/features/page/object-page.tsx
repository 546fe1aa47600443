'use client';

import Link from 'next/link';
import { tables } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import { findRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import type { ObjectName } from '../inventory/view-state';
import { Details } from './object-details';
import { PageHeading } from './page-heading';

interface ObjectPageProps extends ObjectName {
  /** The list that it is one of. */
  list: { title: string; path: string };
}

/** The page of one object. */
export function ObjectPage({ kind, name, list }: ObjectPageProps) {
  const inventory = useInventory();
  const row = inventory && findRow(inventory, kind, name);
  return (
    <>
      <nav aria-label={tables.object.breadcrumb} className="-mb-3">
        <Link href={list.path} className="inline-flex h-6 items-center rounded text-ink-2 hover:text-accent hover:underline">
          {list.title}
        </Link>
      </nav>
      <PageHeading title={name} note={kind} />
      {inventory && (
        <section aria-label={tables.object.details(kind, name)} className="rounded-lg border border-line bg-surface shadow-card">
          <h2 className="sr-only">{tables.object.facts}</h2>
          {row ? <Details row={row} /> : <EmptyState title={tables.object.gone(kind, name)}>{null}</EmptyState>}
        </section>
      )}
    </>
  );
}
