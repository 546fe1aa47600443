'use client';

import { unwrapEmpty } from '@netyard/api-client';
import { Waypoints } from 'lucide-react';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { policies } from '../../messages';
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
      title={`Delete network ${name}?`}
      description={
        cascade
          ? `${counted(endpoints.length, 'endpoint')} on it go with it; their sandboxes lose these addresses.`
          : 'Nothing is joined to it. Its subnets become free.'
      }
      confirmLabel={cascade ? `Delete network and ${counted(endpoints.length, 'endpoint')}` : 'Delete network'}
      request={{ method: 'DELETE', path: `/v1/networks/${name}${cascade ? '?cascade=true' : ''}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/networks/{ref}', { params: { path: { ref: name }, query: cascade ? { cascade: true } : {} } }));
        toast.success(`Network ${name} is being deleted`);
      }}
      onClose={onClose}
    >
      <EndpointList
        endpoints={endpoints}
        tell={({ sandboxName, addresses }) => `${addresses.join(', ') || 'no address'}${sandboxName ? ` in ${sandboxName}` : ''}`}
      />
    </ConfirmDialog>
  );
}

export function DeleteSandboxDialog({ row, onClose }: Props<SandboxRow>) {
  const { name, endpoints, object } = row;
  const isOurs = object.spec.namespace.type === 'managed';
  const joined = endpoints.length > 0 ? ` ${counted(endpoints.length, 'endpoint')} of it go with it.` : '';
  return (
    <ConfirmDialog
      title={`Delete sandbox ${name}?`}
      description={`${isOurs ? `Its network namespace on ${row.hostName} is deleted; what runs in it loses its network.` : `The namespace itself stays on ${row.hostName}.`}${joined}`}
      confirmLabel={endpoints.length > 0 ? `Delete sandbox and ${counted(endpoints.length, 'endpoint')}` : 'Delete sandbox'}
      request={{ method: 'DELETE', path: `/v1/sandboxes/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/sandboxes/{ref}', { params: { path: { ref: name } } }));
        toast.success(`Sandbox ${name} is being deleted`);
      }}
      onClose={onClose}
    >
      <EndpointList
        endpoints={endpoints}
        tell={({ networkName, addresses }) => `${addresses.join(', ') || 'no address'} on ${networkName}`}
      />
    </ConfirmDialog>
  );
}

export function DeleteEndpointDialog({ row, onClose }: Props<EndpointRow>) {
  const { name, sandboxName, networkName, addresses } = row;
  const closes = row.ports.length > 0 ? ` Published on the host until then: ${row.ports.map(({ where }) => where).join(', ')}.` : '';
  const loses = sandboxName ? `Sandbox ${sandboxName} loses its connection to ${networkName}.` : `It is joined to nothing.`;
  return (
    <ConfirmDialog
      title={`Delete endpoint ${name}?`}
      description={`${loses} ${addresses.length > 0 ? `${addresses.join(', ')} may be given to others.` : ''}${closes}`}
      confirmLabel="Delete endpoint"
      request={{ method: 'DELETE', path: `/v1/endpoints/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/endpoints/{ref}', { params: { path: { ref: name } } }));
        toast.success(`Endpoint ${name} is being deleted`);
      }}
      onClose={onClose}
    />
  );
}

export function LeaveDialog({ row, onClose }: Props<EndpointRow>) {
  const { name, sandboxName, networkName, addresses, object } = row;
  return (
    <ConfirmDialog
      title={`Let ${name} leave ${sandboxName ?? 'its sandbox'}?`}
      description={`Interface ${object.status.interfaceName ?? ''} goes from the sandbox, which loses its connection to ${networkName}. The endpoint keeps ${addresses.join(', ') || 'its place'}.`}
      confirmLabel="Leave"
      request={{ method: 'POST', path: `/v1/endpoints/${name}/leave` }}
      run={async () => {
        unwrapEmpty(await api.POST('/v1/endpoints/{ref}/leave', { params: { path: { ref: name } } }));
        toast.success(`${name} is leaving ${sandboxName ?? 'its sandbox'}`);
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
      title={`Close ${where} of the host?`}
      description={`It no longer leads to endpoint ${endpointName}. Connections through it are cut.`}
      confirmLabel="Close port"
      request={{ method: 'DELETE', path: `/v1/endpoints/${endpointName}/ports/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/endpoints/{ref}/ports/{port}', { params: { path: { ref: endpointName, port: row.id } } }));
        toast.success(`Port ${where} is being closed`);
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
    <ul aria-label="Goes with it" className="flex flex-col rounded-md border border-line">
      {endpoints.slice(0, namedEndpoints).map((row) => (
        <li key={row.id} className="flex items-center gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
          <Waypoints className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
          <span className="font-medium">{row.name}</span>
          <span className="truncate text-ink-2">{tell(row)}</span>
        </li>
      ))}
      {endpoints.length > namedEndpoints && <li className="px-3 py-1.5 text-ink-2">and {endpoints.length - namedEndpoints} more</li>}
    </ul>
  );
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
