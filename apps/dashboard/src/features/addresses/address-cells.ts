import type { AddressRange } from '@netyard/api-client';
import { Address, Prefix } from '@netyard/inet';

/** One address of a grid. */
export interface AddressCell {
  address: string;
  /** What is shown of it: the last part. */
  short: string;
  state: AddressRange['state'];
  holder: AddressRange['holder'];
}

/** The longest part that is shown as a grid: a square that is seen at once. */
export const gridSize = 256n;
const gridLength = 24;

/** The parts of a subnet that are shown one at a time: all of it where it is small. Undefined for what has no grid: nobody looks at IPv6 subnets address by address. */
export function partOf(cidr: string, within: string | null): string | undefined {
  const subnet = Prefix.parse(cidr);
  if (!subnet || subnet.family === 'IPv6') return undefined;
  if (subnet.size <= gridSize) return subnet.toString();
  const wanted = within === null ? undefined : Prefix.parse(within);
  const part = wanted && subnet.contains(wanted.first) ? wanted.first : subnet.first;
  return Prefix.containing(part, gridLength).toString();
}

/** The part before or after one, within the subnet. */
export function partBeside(cidr: string, part: string, step: -1 | 1): string | undefined {
  const [subnet, from] = [Prefix.parse(cidr), Prefix.parse(part)];
  if (!subnet || !from) return undefined;
  const value = from.first.value + BigInt(step) * from.size;
  if (value < subnet.first.value || value > subnet.last.value) return undefined;
  return Prefix.containing(Address.of(from.family, value), from.length).toString();
}

/** The addresses of ranges, one by one. Ranges are those of a part that has a grid. */
export function cellsOf(ranges: readonly AddressRange[]): AddressCell[] {
  return ranges.flatMap(({ first, last, state, holder }) => {
    const [from, to] = [Address.parse(first), Address.parse(last)];
    if (!from || !to) return [];
    return Array.from({ length: Number(to.value - from.value) + 1 }, (_, offset): AddressCell => {
      const address = from.plus(offset).toString();
      return { address, short: `.${address.split('.').at(-1) ?? ''}`, state, holder };
    });
  });
}
