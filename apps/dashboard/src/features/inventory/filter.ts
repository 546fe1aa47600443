/** What rows can be narrowed by exactly, as `key:value`. */
const facetKeys = ['status', 'kind', 'host', 'network', 'sandbox', 'driver', 'label'] as const;
export type Facet = (typeof facetKeys)[number];
export type Facets = Partial<Record<Facet, string | readonly string[] | null>>;

const isFacet = (word: string): boolean => facetKeys.some((key) => word.startsWith(`${key}:`) && word.length > key.length + 1);

/** Whether a row has every word of the filter: a facet as a whole, anything else as a part of what the row shows. */
export function matchesFilter(rowText: string, filter: string): boolean {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => (isFacet(word) ? rowText.includes(` ${word} `) : rowText.includes(word)));
}

/** The text that a row is found by. */
export function filterText(values: readonly (string | null | undefined)[], facets: Facets): string {
  const words = facetKeys.flatMap((key) => [facets[key] ?? []].flat().map((value) => `${key}:${value.replaceAll(' ', '-')}`));
  return ` ${[...values, ...words].filter(Boolean).join(' ').toLowerCase()} `;
}

/** The filter with a word in it that was not, or without one that was. */
export function toggleWord(filter: string, word: string): string {
  const words = filter.split(/\s+/).filter(Boolean);
  return (words.includes(word) ? words.filter((other) => other !== word) : [...words, word]).join(' ');
}

/** What occurs of a facet in the texts of rows, with how often. */
export function facetValues(rowTexts: readonly string[], facet: Facet): Map<string, number> {
  const counts = new Map<string, number>();
  const pattern = new RegExp(` ${facet}:(\\S+)`, 'g');
  for (const text of rowTexts) for (const [, value] of text.matchAll(pattern)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** What a filter wants of a facet; null: anything. */
export const facetOf = (filter: string, facet: Facet): string | null =>
  filter
    .split(/\s+/)
    .find((word) => word.startsWith(`${facet}:`))
    ?.slice(facet.length + 1) ?? null;

/** The filter with another value of a facet; null: with none. */
export const withFacet = (filter: string, facet: Facet, value: string | null): string =>
  [...filter.split(/\s+/).filter((word) => word && !word.startsWith(`${facet}:`)), ...(value === null ? [] : [`${facet}:${value}`])].join(
    ' ',
  );

export const hasWord = (filter: string, word: string): boolean => filter.split(/\s+/).includes(word);
