'use client';

import dynamic from 'next/dynamic';
import { findRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useDialog } from '../inventory/view-state';

// Dialogs come with the code that they need when they are first opened: the tables are there sooner.
const CreateNetworkForm = dynamic(() => import('../networks/create-network-form').then((module) => module.CreateNetworkForm), {
  ssr: false,
});
const CreateSandboxForm = dynamic(() => import('../sandboxes/create-sandbox-form').then((module) => module.CreateSandboxForm), {
  ssr: false,
});
const JoinForm = dynamic(() => import('../endpoints/join-form').then((module) => module.JoinForm), { ssr: false });
const JoinExistingForm = dynamic(() => import('../endpoints/join-existing-form').then((module) => module.JoinExistingForm), { ssr: false });
const PingForm = dynamic(() => import('../probes/ping-form').then((module) => module.PingForm), { ssr: false });
const removals = () => import('../removal/removal-dialogs');
const DeleteNetworkDialog = dynamic(() => removals().then((module) => module.DeleteNetworkDialog), { ssr: false });
const DeleteSandboxDialog = dynamic(() => removals().then((module) => module.DeleteSandboxDialog), { ssr: false });
const DeleteEndpointDialog = dynamic(() => removals().then((module) => module.DeleteEndpointDialog), { ssr: false });
const LeaveDialog = dynamic(() => removals().then((module) => module.LeaveDialog), { ssr: false });

/** The dialog that the address names. */
export function Dialogs() {
  const inventory = useInventory();
  const { dialog, on, close } = useDialog();
  if (!dialog || !inventory) return null;
  switch (dialog) {
    case 'create-network':
      return <CreateNetworkForm onClose={close} />;
    case 'create-sandbox':
      return <CreateSandboxForm onClose={close} />;
    case 'join':
      return on?.kind === 'endpoint' ? <JoinExistingForm endpointName={on.name} onClose={close} /> : <JoinForm on={on} onClose={close} />;
    case 'ping':
      return <PingForm on={on} onClose={close} />;
    case 'leave':
    case 'delete':
      return <RemovalDialog dialog={dialog} />;
    default:
      return dialog satisfies never;
  }
}

function RemovalDialog({ dialog }: { dialog: 'leave' | 'delete' }) {
  const inventory = useInventory();
  const { on, close } = useDialog();
  const row = inventory && on ? findRow(inventory, on.kind, on.name) : undefined;
  if (!row) return null;
  switch (row.kind) {
    case 'network':
      return <DeleteNetworkDialog row={row} onClose={close} />;
    case 'sandbox':
      return <DeleteSandboxDialog row={row} onClose={close} />;
    case 'endpoint':
      return dialog === 'leave' ? <LeaveDialog row={row} onClose={close} /> : <DeleteEndpointDialog row={row} onClose={close} />;
    case 'host':
      return null;
    default:
      return row satisfies never;
  }
}
