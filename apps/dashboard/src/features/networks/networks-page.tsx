'use client';

import { tables } from '../../messages';
import type { RequestLine } from '../form/curl';
import { useInventory } from '../inventory/use-inventory';
import { EmptyWithRequest } from '../page/empty-with-command';
import { TablePage } from '../page/table-page';
import { networkColumns } from './columns';

const text = tables.networks;
const first: RequestLine = { method: 'POST', path: '/v1/networks', body: { metadata: { name: 'web' }, spec: { driver: 'bridge' } } };

export function NetworksPage() {
  return (
    <TablePage
      kind="networks"
      title={text.title}
      rows={useInventory()?.networks}
      columns={networkColumns}
      create={{ label: text.create, dialog: 'create-network' }}
      empty={<EmptyWithRequest title={text.empty} say={text.emptyHow} request={first} />}
    />
  );
}
