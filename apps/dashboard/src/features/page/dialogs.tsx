'use client';

import dynamic from 'next/dynamic';
import { DialogRefusalProvider } from '../form/dialog-refusal';
import { findRow, type AnyRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useDialog } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';

// Dialogs come with the code that they need when they are first opened: the tables are there sooner.
const CreateNetworkForm = dynamic(() => import('../networks/create-network-form').then((module) => module.CreateNetworkForm), {
  ssr: false,
});
const CreateSandboxForm = dynamic(() => import('../sandboxes/create-sandbox-form').then((module) => module.CreateSandboxForm), {
  ssr: false,
});
const JoinForm = dynamic(() => import('../endpoints/join-form').then((module) => module.JoinForm), { ssr: false });
const JoinExistingForm = dynamic(() => import('../endpoints/join-existing-form').then((module) => module.JoinExistingForm), { ssr: false });
const EditEndpointForm = dynamic(() => import('../endpoints/edit-form').then((module) => module.EditEndpointForm), { ssr: false });
const PortForm = dynamic(() => import('../ports/port-form').then((module) => module.PortForm), { ssr: false });
const PolicyForm = dynamic(() => import('../policies/policy-form').then((module) => module.PolicyForm), { ssr: false });
const DnsForm = dynamic(() => import('../dns/dns-form').then((module) => module.DnsForm), { ssr: false });
const PingForm = dynamic(() => import('../probes/ping-form').then((module) => module.PingForm), { ssr: false });
const DrainDialog = dynamic(() => import('../hosts/drain-dialog').then((module) => module.DrainDialog), { ssr: false });
const LimitForm = dynamic(() => import('../hosts/limit-form').then((module) => module.LimitForm), { ssr: false });
const RemoveHostDialog = dynamic(() => import('../hosts/remove-dialog').then((module) => module.RemoveHostDialog), { ssr: false });
const removals = () => import('../removal/removal-dialogs');
const DeleteNetworkDialog = dynamic(() => removals().then((module) => module.DeleteNetworkDialog), { ssr: false });
const DeleteSandboxDialog = dynamic(() => removals().then((module) => module.DeleteSandboxDialog), { ssr: false });
const DeleteEndpointDialog = dynamic(() => removals().then((module) => module.DeleteEndpointDialog), { ssr: false });
const DeletePolicyDialog = dynamic(() => removals().then((module) => module.DeletePolicyDialog), { ssr: false });
const ClosePortDialog = dynamic(() => removals().then((module) => module.ClosePortDialog), { ssr: false });
const LeaveDialog = dynamic(() => removals().then((module) => module.LeaveDialog), { ssr: false });

/** The dialog that the address names. */
export function Dialogs() {
  const { dialog, on } = useDialog();
  const refusal = useDialogRefusal();
  if (!dialog) return null;
  return (
    <DialogRefusalProvider value={refusal(dialog, on ?? undefined)}>
      <NamedDialog />
    </DialogRefusalProvider>
  );
}

function NamedDialog() {
  const inventory = useInventory();
  const { dialog, on, to, address, close } = useDialog();
  if (!dialog || !inventory) return null;
  switch (dialog) {
    case 'create-network':
      return <CreateNetworkForm onClose={close} />;
    case 'create-sandbox':
      return <CreateSandboxForm onClose={close} />;
    case 'join':
      return on?.kind === 'endpoint' ? (
        <JoinExistingForm endpointName={on.name} onClose={close} />
      ) : (
        <JoinForm on={on} to={to} address={address ?? ''} onClose={close} />
      );
    case 'ping':
      return <PingForm on={on} onClose={close} />;
    case 'create-policy':
      return <PolicyForm {...(on?.kind === 'network' ? { network: on.name } : {})} onClose={close} />;
    case 'publish':
      return on?.kind === 'endpoint' ? <PortForm endpointName={on.name} onClose={close} /> : null;
    case 'edit':
    case 'names':
    case 'drain':
    case 'leave':
    case 'delete':
      return <RowDialog dialog={dialog} />;
    default:
      return dialog satisfies never;
  }
}

/** The dialogs that are about something that there is. */
function RowDialog({ dialog }: { dialog: 'edit' | 'names' | 'drain' | 'leave' | 'delete' }) {
  const inventory = useInventory();
  const { on, close } = useDialog();
  const row = inventory && on ? findRow(inventory, on.kind, on.name) : undefined;
  if (!row) return null;
  switch (dialog) {
    case 'edit':
      return <EditDialog row={row} onClose={close} />;
    case 'names':
      return row.kind === 'network' || row.kind === 'sandbox' ? <DnsForm row={row} onClose={close} /> : null;
    case 'drain':
      return row.kind === 'host' ? <DrainDialog row={row} onClose={close} /> : null;
    case 'leave':
      return row.kind === 'endpoint' ? <LeaveDialog row={row} onClose={close} /> : null;
    case 'delete':
      return <DeleteDialog row={row} onClose={close} />;
    default:
      return dialog satisfies never;
  }
}

interface RowDialogProps {
  row: AnyRow;
  onClose: () => void;
}

function EditDialog({ row, onClose }: RowDialogProps) {
  switch (row.kind) {
    case 'endpoint':
      return <EditEndpointForm row={row} onClose={onClose} />;
    case 'port':
      return <PortForm endpointName={row.endpointName} port={row.object} onClose={onClose} />;
    case 'policy':
      return <PolicyForm policy={row.object} onClose={onClose} />;
    case 'host':
      return <LimitForm row={row} onClose={onClose} />;
    case 'network':
    case 'sandbox':
      return null;
    default:
      return row satisfies never;
  }
}

function DeleteDialog({ row, onClose }: RowDialogProps) {
  switch (row.kind) {
    case 'network':
      return <DeleteNetworkDialog row={row} onClose={onClose} />;
    case 'sandbox':
      return <DeleteSandboxDialog row={row} onClose={onClose} />;
    case 'endpoint':
      return <DeleteEndpointDialog row={row} onClose={onClose} />;
    case 'policy':
      return <DeletePolicyDialog row={row} onClose={onClose} />;
    case 'port':
      return <ClosePortDialog row={row} onClose={onClose} />;
    case 'host':
      return <RemoveHostDialog row={row} onClose={onClose} />;
    default:
      return row satisfies never;
  }
}
