'use client';

import dynamic from 'next/dynamic';
import { frame } from '../../messages';
import { HostStrip } from '../hosts/host-strip';
import { useInventory } from '../inventory/use-inventory';
import { PageHeading } from '../page/page-heading';
import { Attention } from './attention';
import { Summary } from './summary';

// What is asked for besides the snapshot comes after it.
const RecentChanges = dynamic(() => import('./recent-changes').then((module) => module.RecentChanges), { ssr: false });
const Tour = dynamic(() => import('./tour').then((module) => module.Tour), { ssr: false });

// Most tenants of a small deployment have no quotas: the rest of the page does not wait for them.
const QuotaSummary = dynamic(() => import('./quota-summary').then((module) => module.QuotaSummary), { ssr: false });

/** What needs a person first, then how many there are of each kind. */
export function OverviewPage() {
  const inventory = useInventory();
  return (
    <>
      <PageHeading title={frame.places.overview} />
      {inventory && <Attention inventory={inventory} />}
      {inventory && <Tour inventory={inventory} />}
      <Summary inventory={inventory} />
      {inventory && <HostStrip inventory={inventory} />}
      <QuotaSummary />
      {inventory && <RecentChanges />}
    </>
  );
}
