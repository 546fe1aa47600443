/** `count` numbers from 0. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Cuts a list into parts of at most `size`. */
export const partsOf = <T>(items: readonly T[], size: number): T[][] =>
  upTo(Math.ceil(items.length / size)).map((part) => items.slice(part * size, (part + 1) * size));
