'use client';

import { frame } from '../../messages';
import { HostStrip } from '../hosts/host-strip';
import { useInventory } from '../inventory/use-inventory';
import { PageHeading } from '../page/page-heading';
import { Attention } from './attention';
import { Summary } from './summary';

/** What needs a person first, then how many there are of each kind. */
export function OverviewPage() {
  const inventory = useInventory();
  return (
    <>
      <PageHeading title={frame.places.overview} />
      {inventory && <Attention inventory={inventory} />}
      <Summary inventory={inventory} />
      {inventory && <HostStrip inventory={inventory} />}
    </>
  );
}
