/** A view that is kept: what the address of a list says after the question mark. */
export interface SavedView {
  name: string;
  query: string;
}

/** What of an address is a view: not what is open at the moment. */
const transient = ['show', 'dialog', 'on', 'to', 'address'];

/** The part of a query that is a view, in one order; with the filter as it is typed, which the address may not say yet. */
export function viewOf(query: string, filter: string): string {
  const parameters = new URLSearchParams(query);
  if (filter) parameters.set('q', filter);
  else parameters.delete('q');
  for (const name of transient) parameters.delete(name);
  parameters.sort();
  return parameters.toString();
}

/** Views that were kept; nothing for what cannot be read. */
export function parseViews(text: string | null): SavedView[] {
  try {
    const parsed: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(parsed) ? parsed.filter(isView) : [];
  } catch {
    return [];
  }
}

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'query' in value &&
  typeof value.query === 'string';

/** With a view, in place of one of the same name. By name. */
export const withView = (views: readonly SavedView[], view: SavedView): SavedView[] =>
  [...views.filter(({ name }) => name !== view.name), view].sort((a, b) => (a.name < b.name ? -1 : 1));
