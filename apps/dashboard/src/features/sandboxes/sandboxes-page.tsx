'use client';

import { tables } from '../../messages';
import type { RequestLine } from '../form/curl';
import { useWorkerCommand } from '../hosts/worker-command';
import { useInventory } from '../inventory/use-inventory';
import { EmptyWithCommand, EmptyWithRequest } from '../page/empty-with-command';
import { TablePage } from '../page/table-page';
import { sandboxColumns } from './columns';

const text = tables.sandboxes;
const first = (host: string): RequestLine => ({ method: 'POST', path: '/v1/sandboxes', body: { metadata: { name: 'a' }, spec: { host } } });

export function SandboxesPage() {
  const inventory = useInventory();
  const command = useWorkerCommand();
  const host = inventory?.hosts[0];
  return (
    <TablePage
      kind="sandboxes"
      title={text.title}
      rows={inventory?.sandboxes}
      columns={sandboxColumns}
      create={{
        label: text.create,
        dialog: 'create-sandbox',
        disabledReason: inventory && !host ? tables.noHost : undefined,
      }}
      empty={
        host ? (
          <EmptyWithRequest title={text.empty} say={text.emptyHow} request={first(host.name)} />
        ) : (
          <EmptyWithCommand title={tables.hosts.empty} say={text.needsHost} command={command} />
        )
      }
    />
  );
}
