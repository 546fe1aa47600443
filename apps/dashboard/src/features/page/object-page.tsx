'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { tables } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import { findRow, type AnyRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import type { ObjectName } from '../inventory/view-state';
import { PageHeading } from './page-heading';

const NetworkTabs = dynamic(() => import('../networks/network-tabs').then((module) => module.NetworkTabs));
const SandboxTabs = dynamic(() => import('../sandboxes/sandbox-tabs').then((module) => module.SandboxTabs));
const EndpointTabs = dynamic(() => import('../endpoints/endpoint-tabs').then((module) => module.EndpointTabs));
const PolicyTabs = dynamic(() => import('../policies/policy-tabs').then((module) => module.PolicyTabs));
const HostTabs = dynamic(() => import('../hosts/host-tabs').then((module) => module.HostTabs));

interface ObjectPageProps extends ObjectName {
  /** The list that it is one of. */
  list: { title: string; path: string };
}

/** The page of one object: its facts, and what else there is to see of it, in tabs. */
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
      {row && <Views key={row.id} row={row} />}
      {inventory && !row && (
        <div className="rounded-lg border border-line bg-surface shadow-card">
          <EmptyState title={tables.object.gone(kind, name)}>{null}</EmptyState>
        </div>
      )}
    </>
  );
}

function Views({ row }: { row: AnyRow }) {
  switch (row.kind) {
    case 'network':
      return <NetworkTabs row={row} />;
    case 'sandbox':
      return <SandboxTabs row={row} />;
    case 'endpoint':
      return <EndpointTabs row={row} />;
    case 'host':
      return <HostTabs row={row} />;
    case 'policy':
      return <PolicyTabs row={row} />;
    case 'port':
      // It has no page of its own.
      return null;
    default:
      return row satisfies never;
  }
}
