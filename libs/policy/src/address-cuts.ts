import { Address, AddressRange, type Family, type Prefix } from '@netyard/inet';

/** Addresses that the same prefixes contain, by the numbers of these. */
export interface AddressCut {
  range: AddressRange;
  ids: number[];
}

/** All addresses that any of the prefixes contains, cut into disjoint ranges, each as long as can be; ascending. */
export function cutPrefixes(family: Family, prefixes: readonly { prefix: Prefix; id: number }[]): AddressCut[] {
  const own = prefixes.filter(({ prefix }) => prefix.family === family);
  const starts = new Map<bigint, number[]>();
  const ends = new Map<bigint, number[]>();
  for (const { prefix, id } of own) {
    append(starts, prefix.first.value, id);
    append(ends, prefix.last.value + 1n, id);
  }
  const borders = [...new Set([...starts.keys(), ...ends.keys()])].sort((one, other) => (one < other ? -1 : 1));
  const cuts: AddressCut[] = [];
  const open = new Map<number, number>();
  borders.forEach((border, index) => {
    for (const id of ends.get(border) ?? []) if (count(open, id, -1) === 0) open.delete(id);
    for (const id of starts.get(border) ?? []) count(open, id, 1);
    const next = borders[index + 1];
    if (open.size === 0 || next === undefined) return;
    extend(cuts, AddressRange.of(Address.of(family, border), Address.of(family, next - 1n)), [...open.keys()].sort(ascending));
  });
  return cuts;
}

function extend(cuts: AddressCut[], range: AddressRange, ids: number[]): void {
  const last = cuts.at(-1);
  const continues = last && last.range.last.value + 1n === range.first.value && String(last.ids) === String(ids);
  if (continues) cuts.splice(-1, 1, { range: AddressRange.of(last.range.first, range.last), ids });
  else cuts.push({ range, ids });
}

/** The ids of the range that the address lies in. */
export function idsAt(cuts: readonly AddressCut[], address: Address): number[] {
  let low = 0;
  let high = cuts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const cut = cuts[middle];
    if (!cut) break;
    if (address.value < cut.range.first.value) high = middle - 1;
    else if (address.value > cut.range.last.value) low = middle + 1;
    else return cut.ids;
  }
  return [];
}

export const ascending = (one: number, other: number): number => one - other;

function append<Key>(map: Map<Key, number[]>, key: Key, value: number): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Prefixes of one id may lie within each other. */
function count(open: Map<number, number>, id: number, by: number): number {
  const now = (open.get(id) ?? 0) + by;
  open.set(id, now);
  return now;
}
