'use client';

import type { AddressRange } from '@netyard/api-client';
import { addresses } from '../../messages';
import { PlainTable } from '../../ui/plain-table';
import { None, ObjectLink } from '../inventory/cells';
import { holderText } from './holder-text';

/** The same as the grid, as a table; of subnets that are too large for one, all there is. */
export function RangesTable({ prefix, ranges }: { prefix: string; ranges: readonly AddressRange[] }) {
  return (
    <PlainTable
      label={addresses.ranges(prefix)}
      rows={ranges}
      keyOf={({ first }) => first}
      columns={[
        { title: addresses.first, cell: ({ first }) => first },
        { title: addresses.last, cell: ({ first, last }) => (last === first ? <None /> : last) },
        { title: addresses.count, align: 'end', isWideOnly: true, cell: ({ count }) => addresses.size(count) },
        { title: addresses.state, cell: ({ state }) => addresses.states[state] },
        { title: addresses.holder, cell: (range) => <Holder range={range} /> },
      ]}
    />
  );
}

function Holder({ range }: { range: AddressRange }) {
  const { holder } = range;
  if (holder === null) return holderText(range) ?? <None />;
  return (
    <>
      <ObjectLink kind={holder.kind} name={holder.name} />
      {holder.sandbox !== null && (
        <span className="ml-2 text-ink-2">
          <ObjectLink kind="sandbox" name={holder.sandbox} />
        </span>
      )}
    </>
  );
}
