import { Address, AddressRange } from '@netyard/inet';
import type { SubnetPlan } from './subnet-plan';

/** Free addresses of a subnet; only dynamic ones are drawn from automatically. */
export interface FreeRange {
  range: AddressRange;
  dynamic: boolean;
}

/** So many drawers find a range of their own, without waiting for each other. */
const shardCount = 16n;
/** Ranges smaller than this are not split. */
const shardSize = 64n;

/** Every address that can be given, before any has been: disjoint, ascending. Network and broadcast addresses are left out, and that of a gateway. */
export function initialFreeRanges({ prefix, gateway, dynamic, reserved }: SubnetPlan): FreeRange[] {
  const last = prefix.family === 'IPv4' ? prefix.last.plus(-1) : prefix.last;
  const all = cut([AddressRange.of(prefix.first.plus(1), last)], gateway ? [gateway] : []);
  const drawn = cut(
    all.flatMap((range) => range.intersect(dynamic.range) ?? []),
    reserved,
  );
  const asked = drawn.reduce<AddressRange[]>((rest, range) => rest.flatMap((piece) => piece.without(range)), all);
  return [...shard(drawn).map((range) => ({ range, dynamic: true })), ...asked.map((range) => ({ range, dynamic: false }))].sort((a, b) =>
    a.range.first.compare(b.range.first),
  );
}

/** How many addresses there are to give. */
export const capacityOf = (ranges: FreeRange[]): bigint => ranges.reduce((sum, { range }) => sum + range.size, 0n);

const cut = (ranges: AddressRange[], addresses: Address[]): AddressRange[] =>
  addresses.reduce((rest, address) => rest.flatMap((range) => range.without(AddressRange.of(address, address))), ranges);

/** Splits what is large, so that there are about as many ranges as drawers at once. */
function shard(ranges: AddressRange[]): AddressRange[] {
  const total = ranges.reduce((sum, range) => sum + range.size, 0n);
  const size = total / shardCount > shardSize ? total / shardCount + 1n : shardSize;
  return ranges.flatMap((range) => {
    const pieces: AddressRange[] = [];
    for (let first = range.first; range.contains(first);) {
      const end = first.value + size - 1n;
      const last = end < range.last.value ? Address.of(range.family, end) : range.last;
      pieces.push(AddressRange.of(first, last));
      if (last.equals(range.last)) break;
      first = last.plus(1);
    }
    return pieces;
  });
}
