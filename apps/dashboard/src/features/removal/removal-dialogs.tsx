'use client';

import { unwrapEmpty } from '@netyard/api-client';
import { Waypoints } from 'lucide-react';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { policies, removal } from '../../messages';
import { useInventory } from '../inventory/use-inventory';
import { RuleList } from '../policies/rule-list';
import type { EndpointRow, NetworkRow, PolicyRow, PortRow, SandboxRow } from '../inventory/inventory';
import { ConfirmDialog } from './confirm-dialog';

type Props<Row> = { row: Row; onClose: () => void };

export function DeleteNetworkDialog({ row, onClose }: Props<NetworkRow>) {
  const { name, endpoints } = row;
  const cascade = endpoints.length > 0;
  return (
    <ConfirmDialog
      title={removal.network.title(name)}
      description={cascade ? removal.network.say(endpoints.length) : removal.network.empty}
      confirmLabel={removal.network.confirm(endpoints.length)}
      request={{ method: 'DELETE', path: `/v1/networks/${name}${cascade ? '?cascade=true' : ''}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/networks/{ref}', { params: { path: { ref: name }, query: cascade ? { cascade: true } : {} } }));
        toast.success(removal.network.done(name));
      }}
      onClose={onClose}
    >
      <EndpointList
        endpoints={endpoints}
        tell={({ sandboxName, addresses }) => removal.network.endpoint(addresses.join(', ') || removal.noAddress, sandboxName)}
      />
    </ConfirmDialog>
  );
}

export function DeleteSandboxDialog({ row, onClose }: Props<SandboxRow>) {
  const { name, endpoints, object } = row;
  const namespace = object.spec.namespace.type === 'managed' ? removal.sandbox.own(row.hostName) : removal.sandbox.foreign(row.hostName);
  return (
    <ConfirmDialog
      title={removal.sandbox.title(name)}
      description={namespace + removal.sandbox.joined(endpoints.length)}
      confirmLabel={removal.sandbox.confirm(endpoints.length)}
      request={{ method: 'DELETE', path: `/v1/sandboxes/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/sandboxes/{ref}', { params: { path: { ref: name } } }));
        toast.success(removal.sandbox.done(name));
      }}
      onClose={onClose}
    >
      <EndpointList
        endpoints={endpoints}
        tell={({ networkName, addresses }) => removal.sandbox.endpoint(addresses.join(', ') || removal.noAddress, networkName)}
      />
    </ConfirmDialog>
  );
}

export function DeleteEndpointDialog({ row, onClose }: Props<EndpointRow>) {
  const { name, sandboxName, networkName, addresses } = row;
  const text = removal.endpoint;
  const freed = addresses.length > 0 ? text.freed(addresses.join(', ')) : '';
  const closed = row.ports.length > 0 ? text.closed(row.ports.map(({ where }) => where).join(', ')) : '';
  return (
    <ConfirmDialog
      title={text.title(name)}
      description={text.say(sandboxName, networkName) + freed + closed}
      confirmLabel={text.confirm}
      request={{ method: 'DELETE', path: `/v1/endpoints/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/endpoints/{ref}', { params: { path: { ref: name } } }));
        toast.success(text.done(name));
      }}
      onClose={onClose}
    />
  );
}

export function LeaveDialog({ row, onClose }: Props<EndpointRow>) {
  const { name, sandboxName, networkName, addresses, object } = row;
  return (
    <ConfirmDialog
      title={removal.leave.title(name, sandboxName)}
      description={removal.leave.say(object.status.interfaceName ?? '', networkName, addresses.join(', '))}
      confirmLabel={removal.leave.confirm}
      request={{ method: 'POST', path: `/v1/endpoints/${name}/leave` }}
      run={async () => {
        unwrapEmpty(await api.POST('/v1/endpoints/{ref}/leave', { params: { path: { ref: name } } }));
        toast.success(removal.leave.done(name, sandboxName));
      }}
      onClose={onClose}
    />
  );
}

export function DeletePolicyDialog({ row, onClose }: Props<PolicyRow>) {
  const { name, networkName, object } = row;
  const { rules, defaultAction } = object.spec;
  const text = policies.removal;
  const endpoints = useInventory()?.endpoints.filter((endpoint) => endpoint.networkName === networkName) ?? [];
  return (
    <ConfirmDialog
      title={text.title(name)}
      description={text.say(networkName, endpoints.length)}
      confirmLabel={text.confirm}
      request={{ method: 'DELETE', path: `/v1/policies/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/policies/{ref}', { params: { path: { ref: name } } }));
        toast.success(text.done(name));
      }}
      onClose={onClose}
    >
      {rules.length > 0 && <RuleList label={text.rules} rules={rules} network={networkName} />}
      {defaultAction === 'deny' && <p className="text-ink-2">{text.default}</p>}
    </ConfirmDialog>
  );
}

export function ClosePortDialog({ row, onClose }: Props<PortRow>) {
  const { name, endpointName, where } = row;
  return (
    <ConfirmDialog
      title={removal.port.title(where)}
      description={removal.port.say(endpointName)}
      confirmLabel={removal.port.confirm}
      request={{ method: 'DELETE', path: `/v1/endpoints/${endpointName}/ports/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/endpoints/{ref}/ports/{port}', { params: { path: { ref: endpointName, port: row.id } } }));
        toast.success(removal.port.done(where));
      }}
      onClose={onClose}
    />
  );
}

/** More names than this tell nobody more. */
const namedEndpoints = 8;

function EndpointList({ endpoints, tell }: { endpoints: readonly EndpointRow[]; tell: (row: EndpointRow) => string }) {
  if (endpoints.length === 0) return null;
  return (
    <ul aria-label={removal.goesWith} className="flex flex-col rounded-md border border-line">
      {endpoints.slice(0, namedEndpoints).map((row) => (
        <li key={row.id} className="flex items-center gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
          <Waypoints className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
          <span className="font-medium">{row.name}</span>
          <span className="truncate text-ink-2">{tell(row)}</span>
        </li>
      ))}
      {endpoints.length > namedEndpoints && <li className="px-3 py-1.5 text-ink-2">{removal.more(endpoints.length - namedEndpoints)}</li>}
    </ul>
  );
}
