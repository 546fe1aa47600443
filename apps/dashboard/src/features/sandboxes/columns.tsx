'use client';

import { Activity } from 'lucide-react';
import { sandboxes, tables } from '../../messages';
import { Button } from '../../ui/button';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { ActionMenu } from '../../ui/menu';
import { None, ObjectLink } from '../inventory/cells';
import { actions, nameAndStatus } from '../inventory/columns';
import type { SandboxRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';
import { pingRefusal, useSandboxActions } from './actions';

const column = columnHelper<SandboxRow>();

export const sandboxColumns: Columns<SandboxRow> = column.columns([
  ...nameAndStatus<SandboxRow>(),
  column.accessor('hostName', {
    id: 'host',
    header: sandboxes.host,
    sortFn: naturally,
    meta: { width: '13%', from: 'medium' },
    cell: ({ row }) => <ObjectLink kind="host" name={row.original.hostName} />,
  }),
  column.accessor((row) => sandboxes.namespaces[row.object.spec.namespace.type], {
    id: 'namespace',
    header: sandboxes.namespace,
    sortFn: naturally,
    meta: { width: '6.5rem', from: 'wide' },
  }),
  column.accessor((row) => row.endpoints.length, {
    id: 'endpoints',
    header: sandboxes.endpoints,
    meta: { width: 'auto', from: 'medium', isFigures: true },
    cell: ({ row }) => <JoinedTo row={row.original} />,
  }),
  actions<SandboxRow>(Actions, '8.5rem'),
]);

/** The networks that a sandbox is on, each with its address there. */
function JoinedTo({ row: { endpoints } }: { row: SandboxRow }) {
  if (endpoints.length === 0) return <None />;
  const text = endpoints.map(({ networkName, addresses }) => `${networkName} ${addresses.join(', ')}`).join('\n');
  return (
    <span title={text}>
      {endpoints.slice(0, 3).map(({ id, networkName, addresses }) => (
        <span key={id} className="mr-3">
          <span className="text-ink-3">{networkName}</span> {addresses[0]}
        </span>
      ))}
      {endpoints.length > 3 && <span className="text-ink-3">+{endpoints.length - 3}</span>}
    </span>
  );
}

function Actions({ row }: { row: SandboxRow }) {
  const { open } = useViewActions();
  const refusal = useDialogRefusal();
  return (
    <span className="inline-flex items-center gap-1">
      {/* Where the table is narrow, the menu has it. */}
      <span className="hidden @2xl:inline-flex">
        <Button
          size="small"
          disabledReason={refusal('ping') ?? pingRefusal(row)}
          aria-label={sandboxes.pingFrom(row.name)}
          onClick={() => open('ping', { kind: 'sandbox', name: row.name })}
        >
          <Activity className="size-3.5 text-ink-3" aria-hidden="true" />
          {sandboxes.ping}
        </Button>
      </span>
      <ActionMenu label={tables.object.menu(row.kind, row.name)} actions={useSandboxActions(row)} />
    </span>
  );
}
