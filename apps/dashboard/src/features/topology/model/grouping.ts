import type { AnyRow, Inventory } from '../../inventory/inventory';

/** What nodes are put together by: an attribute, or the value of a label, as `label:KEY`. */
export type Grouping = 'host' | 'network' | 'tenant' | 'none' | `label:${string}`;

const fixed = ['host', 'network', 'tenant', 'none'] as const;

/** Null for what names no grouping. */
export function parseGrouping(text: string): Grouping | null {
  const known = fixed.find((grouping) => grouping === text);
  if (known) return known;
  return text.startsWith('label:') && text.length > 'label:'.length ? `label:${text.slice('label:'.length)}` : null;
}

export const labelKeyOf = (grouping: Grouping): string | null => (grouping.startsWith('label:') ? grouping.slice('label:'.length) : null);

/** The keys of labels that networks, sandboxes and endpoints have, in order. */
export function labelKeys({ networks, sandboxes, endpoints }: Inventory): string[] {
  const keys = new Set<string>();
  for (const row of [...networks, ...sandboxes, ...endpoints] satisfies AnyRow[])
    for (const key of Object.keys(row.object.metadata.labels)) keys.add(key);
  return [...keys].sort();
}
