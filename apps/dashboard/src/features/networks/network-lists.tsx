'use client';

import { Plus } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { objects } from '../../messages';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { PlainTable } from '../../ui/plain-table';
import { endpointColumns } from '../endpoints/columns';
import { ObjectLink } from '../inventory/cells';
import type { EndpointRow, NetworkRow, PolicyRow, PortRow } from '../inventory/inventory';
import { useSorting, useViewActions, type DialogName, type TableName } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';
import { Card } from '../page/card';
import { EmptyWithRequest } from '../page/empty-with-command';
import { policyColumns } from '../policies/columns';

const text = objects.none;

/** What has an address on the network. */
export function NetworkEndpoints({ row }: { row: NetworkRow }) {
  return (
    <List network={row.name} create={{ label: objects.join, dialog: 'join' }}>
      <Table
        kind="endpoints"
        label={objects.tabs.endpoints}
        rows={row.endpoints}
        columns={endpointColumns}
        empty={
          <EmptyWithRequest
            title={text.endpoints}
            say={text.endpointsHow}
            request={{ method: 'POST', path: '/v1/endpoints', body: { spec: { network: row.name, sandbox: 'a' } } }}
          />
        }
      />
    </List>
  );
}

/** Who may not reach whom. */
export function NetworkPolicies({ row, policies }: { row: NetworkRow; policies: PolicyRow[] }) {
  return (
    <List network={row.name} create={{ label: objects.createPolicy, dialog: 'create-policy' }}>
      <Table
        kind="policies"
        label={objects.tabs.policies}
        rows={policies}
        columns={policyColumns}
        empty={
          <EmptyWithRequest
            title={text.policies}
            say={text.policiesHow}
            request={{
              method: 'POST',
              path: '/v1/policies',
              body: { spec: { network: row.name, rules: [{ action: 'deny', protocol: 'tcp', ports: ['5432'] }] } },
            }}
          />
        }
      />
    </List>
  );
}

/** What hosts publish of its endpoints. */
export function NetworkPorts({ row, ports }: { row: NetworkRow; ports: PortRow[] }) {
  const [endpoint] = row.endpoints;
  if (ports.length === 0)
    return (
      <Card>
        <EmptyWithRequest
          title={text.ports}
          say={text.portsHow}
          request={{
            method: 'POST',
            path: `/v1/endpoints/${endpoint?.name ?? 'a-web'}/ports`,
            body: { protocol: 'tcp', port: 80, hostPort: 8080 },
          }}
        />
      </Card>
    );
  return (
    <PlainTable
      label={objects.tabs.ports}
      rows={ports}
      keyOf={({ id }) => id}
      columns={[
        { title: objects.name, cell: ({ name }) => <span className="font-medium">{name}</span> },
        { title: objects.endpoint, cell: ({ endpointName }) => <ObjectLink kind="endpoint" name={endpointName} /> },
        { title: objects.onHost, cell: ({ where }) => where },
        {
          title: objects.leadsTo,
          cell: ({ object: { spec } }) => `${spec.protocol} ${spec.port}${spec.endPort === spec.port ? '' : `–${spec.endPort}`}`,
        },
        { title: objects.status, cell: ({ health }) => health.label },
      ]}
    />
  );
}

/** By which names its endpoints find each other. */
export function NetworkNames({ row }: { row: NetworkRow }) {
  const names = useMemo(() => namesOf(row), [row]);
  const isDefault = row.object.metadata.labels['netyard.dev/default'] === 'true';
  if (isDefault || names.length === 0)
    return (
      <Card>
        <EmptyState title={isDefault ? text.namesOff : text.names}>
          <p className="text-ink-2">{isDefault ? text.namesOffHow : text.namesHow}</p>
        </EmptyState>
      </Card>
    );
  return (
    <PlainTable
      label={objects.tabs.names}
      rows={names}
      keyOf={({ name }) => name}
      columns={[
        { title: objects.name, cell: ({ name }) => <span className="font-medium break-all">{name}</span> },
        { title: objects.answers, cell: ({ answers }) => answers.join(', ') },
        {
          title: objects.endpoint,
          isWideOnly: true,
          cell: ({ endpoints }) =>
            endpoints.map((name) => (
              <span key={name} className="mr-2">
                <ObjectLink kind="endpoint" name={name} />
              </span>
            )),
        },
      ]}
    />
  );
}

interface NameEntry {
  name: string;
  answers: string[];
  endpoints: string[];
}

/** Names and aliases of the endpoints that are joined; those of one alias share it. */
function namesOf({ endpoints }: NetworkRow): NameEntry[] {
  const entries = new Map<string, NameEntry>();
  for (const { name, addresses, sandboxName, object } of endpoints) {
    if (sandboxName === null || addresses.length === 0) continue;
    for (const called of [name, ...object.spec.aliases]) {
      const entry = entries.get(called) ?? { name: called, answers: [], endpoints: [] };
      entry.answers.push(...addresses);
      entry.endpoints.push(name);
      entries.set(called, entry);
    }
  }
  return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface ListProps {
  network: string;
  create: { label: string; dialog: DialogName };
  children: ReactNode;
}

function List({ network, create: { label, dialog }, children }: ListProps) {
  const { open } = useViewActions();
  const on = { kind: 'network', name: network } as const;
  const refusal = useDialogRefusal()(dialog, on);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <Button size="small" disabledReason={refusal} onClick={() => open(dialog, on)}>
          <Plus className="size-3.5" aria-hidden="true" />
          {label}
        </Button>
      </div>
      <Card>{children}</Card>
    </div>
  );
}

interface TableProps<R extends EndpointRow | PolicyRow> {
  kind: TableName;
  label: string;
  rows: R[];
  columns: Parameters<typeof DataTable<R>>[0]['columns'];
  empty: ReactNode;
}

function Table<R extends EndpointRow | PolicyRow>({ kind, label, rows, columns, empty }: TableProps<R>) {
  const [sorting, setSorting] = useSorting(kind);
  const { select } = useViewActions();
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      sorting={sorting}
      onSortingChange={(next) => void setSorting(next)}
      selectedId={undefined}
      onSelect={({ kind: of, name }) => select({ kind: of, name })}
      empty={empty}
    />
  );
}
