'use client';

import { Ban, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { hosts, tables } from '../../messages';
import { Banner } from '../../ui/banner';
import { ActionMenu, type MenuAction } from '../../ui/menu';
import { StatusBadge } from '../../ui/status-badge';
import { useEndpointActions } from '../endpoints/actions';
import { EndpointFacts } from '../endpoints/facts';
import { useHostActions } from '../hosts/actions';
import { HostFacts } from '../hosts/facts';
import { Conditions } from '../inventory/conditions';
import type { AnyRow, EndpointRow, HostRow, NetworkRow, PolicyRow, SandboxRow } from '../inventory/inventory';
import { useNetworkActions } from '../networks/actions';
import { NetworkFacts } from '../networks/facts';
import { usePolicyActions } from '../policies/actions';
import { PolicyFacts } from '../policies/facts';
import { useSandboxActions } from '../sandboxes/actions';
import { SandboxFacts } from '../sandboxes/facts';

/** All about one object: its state, what can be done to it, its facts and its conditions. */
export function Details({ row }: { row: AnyRow }) {
  switch (row.kind) {
    case 'network':
      return <NetworkDetails row={row} />;
    case 'sandbox':
      return <SandboxDetails row={row} />;
    case 'endpoint':
      return <EndpointDetails row={row} />;
    case 'policy':
      return <PolicyDetails row={row} />;
    case 'port':
      // A port's details are among its endpoint's.
      return null;
    case 'host':
      return <HostDetails row={row} />;
    default:
      return row satisfies never;
  }
}

const HostDetails = ({ row }: { row: HostRow }) => (
  <Body row={row} actions={useHostActions(row)}>
    {row.object.spec.drained && (
      <Banner tone="info" icon={Ban}>
        {hosts.drained}
      </Banner>
    )}
    <HostFacts row={row} />
  </Body>
);

const NetworkDetails = ({ row }: { row: NetworkRow }) => (
  <Body row={row} actions={useNetworkActions(row)}>
    <NetworkFacts row={row} />
  </Body>
);

const SandboxDetails = ({ row }: { row: SandboxRow }) => (
  <Body row={row} actions={useSandboxActions(row)}>
    <SandboxFacts row={row} />
  </Body>
);

const EndpointDetails = ({ row }: { row: EndpointRow }) => (
  <Body row={row} actions={useEndpointActions(row)}>
    <EndpointFacts row={row} />
  </Body>
);

const PolicyDetails = ({ row }: { row: PolicyRow }) => (
  <Body row={row} actions={usePolicyActions(row)}>
    <PolicyFacts row={row} />
  </Body>
);

function Body({ row, actions, children }: { row: AnyRow; actions: MenuAction[]; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <div className="flex items-center justify-between gap-2">
        <StatusBadge tone={row.health.tone} label={row.health.label} />
        {actions.length > 0 && <ActionMenu label={tables.object.menu(row.kind, row.name)} actions={actions} />}
      </div>
      {row.health.message && row.health.tone === 'warning' && (
        <Banner tone="warning" icon={TriangleAlert}>
          {row.health.message}
        </Banner>
      )}
      {row.health.message && row.health.tone !== 'warning' && <p className="-mt-2 text-ink-2">{row.health.message}</p>}
      {children}
      <Conditions conditions={row.object.status.conditions} />
    </div>
  );
}
