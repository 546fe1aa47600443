'use client';

import { useMemo } from 'react';
import { policies as words } from '../../messages';
import { columnHelper, DataTable, naturally, type Columns } from '../../ui/data-table';
import { Fact, Facts } from '../../ui/facts';
import { Listed, None, ObjectLink } from '../inventory/cells';
import { nameAndStatus } from '../inventory/columns';
import type { PolicyRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useSorting, useViewActions } from '../inventory/view-state';
import { Card } from '../page/card';
import { EmptyWithRequest } from '../page/empty-with-command';
import { appliesTo, type ConcernedEndpoint } from './applies-to';

const text = words.applies;
const column = columnHelper<ConcernedEndpoint>();

const columns: Columns<ConcernedEndpoint> = column.columns([
  ...nameAndStatus<ConcernedEndpoint>(),
  column.accessor('networkName', {
    id: 'network',
    header: words.network,
    sortFn: naturally,
    meta: { width: '16%', from: 'medium' },
    cell: ({ row }) => <ObjectLink kind="network" name={row.original.networkName} />,
  }),
  column.accessor((row) => row.asSource.join(' '), {
    id: 'source',
    header: text.asSource,
    sortFn: naturally,
    meta: { width: 'auto' },
    cell: ({ row: { original } }) => <Rules numbers={original.asSource} other={original.asDestination} />,
  }),
  column.accessor((row) => row.asDestination.join(' '), {
    id: 'destination',
    header: text.asDestination,
    sortFn: naturally,
    meta: { width: 'auto' },
    cell: ({ row: { original } }) => <Rules numbers={original.asDestination} other={original.asSource} />,
  }),
]);

/** The endpoints that a policy says something about as they are now, with the networks and prefixes that it names. */
export function AppliesTab({ row }: { row: PolicyRow }) {
  const inventory = useInventory();
  const [sorting, setSorting] = useSorting('concerned');
  const { select } = useViewActions();
  const concerned = useMemo(() => inventory && appliesTo(row, inventory), [row, inventory]);
  if (!concerned) return null;
  const { endpoints, networks, cidrs } = concerned;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2">{text.about}</p>
      <Facts>
        <Fact name={text.networks}>
          {networks.map((name) => (
            <span key={name} className="mr-2">
              <ObjectLink kind="network" name={name} />
            </span>
          ))}
        </Fact>
        {cidrs.length > 0 && <Fact name={text.prefixes}>{cidrs.join(', ')}</Fact>}
      </Facts>
      <Card>
        <DataTable
          label={words.tabs.applies}
          columns={columns}
          rows={endpoints}
          sorting={sorting}
          onSortingChange={(next) => void setSorting(next)}
          onSelect={({ kind, name }) => select({ kind, name })}
          empty={
            <EmptyWithRequest
              title={text.none}
              say={text.noneHow(row.networkName)}
              request={{ method: 'POST', path: '/v1/endpoints', body: { spec: { network: row.networkName, sandbox: 'a' } } }}
            />
          }
        />
      </Card>
    </div>
  );
}

/** Numbers of rules; where no rule selects the endpoint at either end, the default decides. */
function Rules({ numbers, other }: { numbers: readonly number[]; other: readonly number[] }) {
  if (numbers.length > 0) return <Listed values={numbers.map(String)} />;
  return other.length > 0 ? <None /> : <span className="text-ink-3">{text.byDefault}</span>;
}
