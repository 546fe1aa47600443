'use client';

import { TriangleAlert, X } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { Banner } from '../../ui/banner';
import { IconButton } from '../../ui/button';
import { ActionMenu, type MenuAction } from '../../ui/menu';
import { StatusBadge } from '../../ui/status-badge';
import { EndpointFacts } from '../endpoints/facts';
import { useEndpointActions } from '../endpoints/actions';
import { HostFacts } from '../hosts/facts';
import { Conditions } from '../inventory/conditions';
import { findRow, type AnyRow, type EndpointRow, type NetworkRow, type PolicyRow, type SandboxRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useSelection } from '../inventory/view-state';
import { useNetworkActions } from '../networks/actions';
import { NetworkFacts } from '../networks/facts';
import { usePolicyActions } from '../policies/actions';
import { PolicyFacts } from '../policies/facts';
import { useSandboxActions } from '../sandboxes/actions';
import { SandboxFacts } from '../sandboxes/facts';

/** All about the selected object, beside the tables or, where there is no room, over them. */
export function DetailPanel() {
  const inventory = useInventory();
  const [selection, select] = useSelection();
  if (!selection || !inventory) return null;
  const row = findRow(inventory, selection.kind, selection.name);
  return (
    <Panel key={`${selection.kind}/${selection.name}`} kind={selection.kind} name={selection.name} onClose={() => void select(null)}>
      {row ? <Details row={row} /> : <p className="px-4 py-6 text-ink-2">There is no {selection.kind} of this name any more.</p>}
    </Panel>
  );
}

interface PanelProps {
  kind: string;
  name: string;
  onClose: () => void;
  children: ReactNode;
}

function Panel({ kind, name, onClose, children }: PanelProps) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role="dialog"], [role="menu"]')) onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <aside
      aria-label={`Details of ${kind} ${name}`}
      className="overlay-enter overflow-y-auto rounded-lg border border-line bg-surface max-xl:fixed max-xl:inset-x-0 max-xl:bottom-0 max-xl:z-20 max-xl:max-h-[70vh] max-xl:rounded-b-none max-xl:shadow-raised md:max-xl:inset-x-auto md:max-xl:top-12 md:max-xl:right-0 md:max-xl:max-h-none md:max-xl:w-96 md:max-xl:rounded-none xl:sticky xl:top-16 xl:max-h-[calc(100vh-5rem)] xl:w-96 xl:shrink-0 xl:self-start xl:shadow-card"
    >
      <header className="sticky top-0 z-10 flex items-start gap-2 border-b border-line bg-surface py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1 pt-0.5">
          <p className="text-[12px] leading-4 text-ink-3 capitalize">{kind}</p>
          <h2 className="truncate text-[15px] leading-6 font-semibold" title={name}>
            {name}
          </h2>
        </div>
        <IconButton label="Close the details" onClick={onClose}>
          <X className="size-4" aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}

function Details({ row }: { row: AnyRow }) {
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
      return (
        <Body row={row} actions={[]}>
          <HostFacts row={row} />
        </Body>
      );
    default:
      return row satisfies never;
  }
}

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
        {actions.length > 0 && <ActionMenu label={`What to do with ${row.kind} ${row.name}`} actions={actions} />}
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
