import { probes } from '../../messages';
import type { ComboboxOption } from '../../ui/combobox';
import type { EndpointRow, Inventory } from '../inventory/inventory';

/** Every address of an endpoint, those on the sandbox's own networks first. */
export function targetsFor(inventory: Inventory | null, sandboxName: string): ComboboxOption[] {
  const near = neighboursOf(inventory, sandboxName);
  const nearIds = new Set(near.map(({ id }) => id));
  const far = (inventory?.endpoints ?? []).filter((row) => row.sandboxName && row.sandboxName !== sandboxName && !nearIds.has(row.id));
  return [...near, ...far].flatMap(({ addresses, sandboxName: owner, networkName }) =>
    addresses.map((address) => ({ value: address, label: address, detail: probes.targetDetail(owner ?? '', networkName) })),
  );
}

/** Endpoints of other sandboxes on the networks that a sandbox is on. */
export function neighboursOf(inventory: Inventory | null, sandboxName: string): EndpointRow[] {
  const endpoints = inventory?.endpoints ?? [];
  const own = new Set(endpoints.filter((row) => row.sandboxName === sandboxName).map(({ networkName }) => networkName));
  return endpoints.filter((row) => row.sandboxName && row.sandboxName !== sandboxName && own.has(row.networkName));
}
