'use client';

import { useMemo } from 'react';
import { selection } from '../../messages';
import { Select } from '../../ui/field';
import { facetOf, facetValues, withFacet, type Facet } from './filter';
import type { AnyRow } from './inventory';
import { useFilter, type TableName } from './view-state';

/** What the lists are narrowed by most; everything else can be typed. */
const facets: Partial<Record<TableName, readonly Facet[]>> = {
  networks: ['driver', 'host', 'label'],
  sandboxes: ['host', 'network', 'label'],
  endpoints: ['network', 'host', 'label'],
  policies: ['network', 'label'],
  hosts: ['label'],
};

/** A choice for each facet of which there are several values. */
export function FacetFilters({ kind, rows }: { kind: TableName; rows: readonly AnyRow[] }) {
  const texts = useMemo(() => rows.map(({ filter }) => filter), [rows]);
  return facets[kind]?.map((facet) => <FacetFilter key={facet} facet={facet} texts={texts} />);
}

function FacetFilter({ facet, texts }: { facet: Facet; texts: readonly string[] }) {
  const [filter, setFilter] = useFilter();
  const values = useMemo(() => [...facetValues(texts, facet)].sort(([a], [b]) => (a < b ? -1 : 1)), [texts, facet]);
  const chosen = facetOf(filter, facet);
  if (values.length < 2 && chosen === null) return null;
  return (
    <Select
      aria-label={selection.facets.by[facet]}
      className="w-auto max-w-44 max-sm:min-w-24 max-sm:flex-1"
      value={chosen ?? ''}
      onChange={(event) => void setFilter(withFacet(filter, facet, event.target.value || null) || null)}
    >
      <option value="">{selection.facets.any[facet]}</option>
      {chosen !== null && !values.some(([value]) => value === chosen) && <option value={chosen}>{chosen}</option>}
      {values.map(([value, count]) => (
        <option key={value} value={value}>
          {value} ({count})
        </option>
      ))}
    </Select>
  );
}
