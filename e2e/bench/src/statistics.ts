/** The value below which the share `q` (0 to 1) of the values lies, by nearest rank. Throws when there are none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))];
  if (value === undefined) throw new Error('there are no values');
  return value;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
