'use client';

import { tables } from '../../messages';
import { useInventory } from '../inventory/use-inventory';
import { EmptyWithCommand } from '../page/empty-with-command';
import { TablePage } from '../page/table-page';
import { hostColumns } from './columns';
import { useWorkerCommand } from './worker-command';

const text = tables.hosts;

export function HostsPage() {
  const command = useWorkerCommand();
  return (
    <TablePage
      kind="hosts"
      title={text.title}
      rows={useInventory()?.hosts}
      columns={hostColumns}
      empty={<EmptyWithCommand title={text.empty} say={text.emptyHow} command={command} />}
    />
  );
}
