/** The items of a list that is typed as text, with commas between. */
export const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

export const joinList = (items: readonly string[]): string => items.join(', ');

/** `role=db, tier=front`; a label without a value is its key alone. */
export const joinLabels = (labels: Readonly<Record<string, string>>): string =>
  joinList(Object.entries(labels).map(([key, value]) => (value ? `${key}=${value}` : key)));

export const splitLabels = (text: string): Record<string, string> =>
  Object.fromEntries(splitList(text).map((item): [string, string] => [beforeEquals(item), afterEquals(item)]));

/** What a patch has to say so that the labels that are there become those that are wanted: null takes one away. */
export function patchLabels(present: Readonly<Record<string, string>>, text: string): Record<string, string | null> {
  const wanted = splitLabels(text);
  const gone = Object.keys(present).filter((key) => !(key in wanted));
  const changed = Object.entries(wanted).filter(([key, value]) => present[key] !== value);
  return Object.fromEntries([...gone.map((key): [string, null] => [key, null]), ...changed]);
}

export const beforeEquals = (item: string): string => item.split('=', 1)[0]?.trim() ?? '';
export const afterEquals = (item: string): string => (item.includes('=') ? item.slice(item.indexOf('=') + 1).trim() : '');
