/** A value of a document that JSON can hold. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** One field that differs; `undefined`: it is not there. */
export interface Difference {
  /** Where, as people write it: `spec.dns.servers`. */
  field: string;
  path: readonly string[];
  before: Value | undefined;
  after: Value | undefined;
}

/** The fields in which two documents differ, in the order of the first. Lists are compared as a whole: their entries have no names. */
export function differences(before: Value | undefined, after: Value | undefined, path: readonly string[] = []): Difference[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key]));
  }
  if (isSame(before, after)) return [];
  return [{ field: path.join('.'), path, before, after }];
}

/** Whether one of two fields is the other, or within it. */
export const concernsSame = ({ path: a }: Difference, { path: b }: Difference): boolean =>
  a.slice(0, b.length).every((part, index) => part === b[index]);

export const isRecord = (value: Value | undefined): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whatever order keys are in. */
export function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && isSame(a[key], b[key]));
  }
  return a === b;
}

/** A value on one line. */
export const valueText = (value: Value | undefined, absent: string): string =>
  value === undefined ? absent : typeof value === 'string' ? value || '""' : JSON.stringify(value);
