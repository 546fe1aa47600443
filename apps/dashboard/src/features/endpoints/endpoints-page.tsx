'use client';

import { tables } from '../../messages';
import type { RequestLine } from '../form/curl';
import { useInventory } from '../inventory/use-inventory';
import { EmptyWithRequest } from '../page/empty-with-command';
import { TablePage } from '../page/table-page';
import { endpointColumns } from './columns';

const text = tables.endpoints;
const first: RequestLine = { method: 'POST', path: '/v1/endpoints', body: { spec: { network: 'web', sandbox: 'a' } } };

export function EndpointsPage() {
  const inventory = useInventory();
  return (
    <TablePage
      kind="endpoints"
      title={text.title}
      rows={inventory?.endpoints}
      columns={endpointColumns}
      create={{
        label: text.create,
        dialog: 'join',
        disabledReason: inventory?.hosts.length === 0 ? tables.noHost : undefined,
      }}
      empty={<EmptyWithRequest title={text.empty} say={text.emptyHow} request={first} />}
    />
  );
}
