import type { Inventory } from '../inventory/inventory';

/** How far somebody is who has just begun: a network of one's own, two sandboxes on one, and a connection tried. */
export function stepsDone({ networks, endpoints }: Inventory, hasProbed: boolean): [boolean, boolean, boolean] {
  const own = networks.filter(({ object }) => object.metadata.labels['netyard.dev/default'] !== 'true');
  const joined = own.some(
    ({ name }) => endpoints.filter(({ networkName, sandboxName }) => networkName === name && sandboxName !== null).length > 1,
  );
  return [own.length > 0, joined, hasProbed];
}
