'use client';

import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useLive } from '../../api/live';
import { buildInventory, type Inventory } from './inventory';

const InventoryContext = createContext<Inventory | null>(null);

/** Builds the rows once for all parts of the page, whenever an object changes. */
export function InventoryProvider({ children }: { children: ReactNode }) {
  const [hosts, networks, sandboxes, endpoints] = [useLive('host'), useLive('network'), useLive('sandbox'), useLive('endpoint')];
  const [ports, policies] = [useLive('port'), useLive('policy')];
  const inventory = useMemo(
    () =>
      hosts && networks && sandboxes && endpoints && ports && policies
        ? buildInventory({ hosts, networks, sandboxes, endpoints, ports, policies })
        : null,
    [hosts, networks, sandboxes, endpoints, ports, policies],
  );
  return <InventoryContext value={inventory}>{children}</InventoryContext>;
}

/** Null until the first snapshot is complete. */
export const useInventory = (): Inventory | null => useContext(InventoryContext);
