'use client';

import { useMemo } from 'react';
import type { Inventory } from '../inventory/inventory';
import { useRouters } from './use-routers';
import { useSession } from '../session/session-context';
import { buildTopology } from './model/build';
import { foldTopology, foldedKeys } from './model/fold';
import type { Topology } from './model/graph';
import type { Grouping } from './model/grouping';
import { narrowTopology } from './model/narrow';

export interface ShownTopology {
  /** With groups folded: what is drawn. */
  drawn: Topology;
  /** Without: what is listed. */
  narrowed: Topology;
}

/** What is shown of the inventory: grouped, narrowed by the filter, folded. */
export function useTopology(inventory: Inventory, grouping: Grouping, filter: string, turned: readonly string[]): ShownTopology {
  const tenant = useSession()?.tenant ?? '';
  const routers = useRouters();
  const built = useMemo(() => buildTopology(inventory, grouping, { tenant, routers }), [inventory, grouping, tenant, routers]);
  const endpointFilters = useMemo(() => new Map(inventory.endpoints.map((row) => [row.name, row.filter])), [inventory.endpoints]);
  const narrowed = useMemo(() => narrowTopology(built, filter, endpointFilters), [built, filter, endpointFilters]);
  const drawn = useMemo(() => foldTopology(narrowed, foldedKeys(narrowed, turned)), [narrowed, turned]);
  return useMemo(() => ({ drawn, narrowed }), [drawn, narrowed]);
}
