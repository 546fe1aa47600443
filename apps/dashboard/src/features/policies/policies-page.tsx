'use client';

import { tables } from '../../messages';
import type { RequestLine } from '../form/curl';
import { useInventory } from '../inventory/use-inventory';
import { EmptyWithRequest } from '../page/empty-with-command';
import { TablePage } from '../page/table-page';
import { policyColumns } from './columns';

const text = tables.policies;
const first: RequestLine = {
  method: 'POST',
  path: '/v1/policies',
  body: { spec: { network: 'web', rules: [{ action: 'deny', protocol: 'tcp', ports: ['5432'], from: { endpoints: ['a-web'] } }] } },
};

export function PoliciesPage() {
  const inventory = useInventory();
  return (
    <TablePage
      kind="policies"
      title={text.title}
      rows={inventory?.policies}
      columns={policyColumns}
      create={{
        label: text.create,
        dialog: 'create-policy',
        disabledReason: inventory?.networks.length === 0 ? text.noNetwork : undefined,
      }}
      empty={<EmptyWithRequest title={text.empty} say={text.emptyHow} request={first} />}
    />
  );
}
