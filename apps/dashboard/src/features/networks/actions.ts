'use client';

import { BookA, Plus, ShieldCheck, Trash2 } from 'lucide-react';
import { networks, objects } from '../../messages';
import type { MenuAction } from '../../ui/menu';
import type { NetworkRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';

const text = networks.actions;

/** What can be done to a network now. The API enforces the same; this says it beforehand. */
export function useNetworkActions(row: NetworkRow): MenuAction[] {
  const { open } = useViewActions();
  const refusal = useDialogRefusal();
  const on = { kind: row.kind, name: row.name } as const;
  const leaving = row.object.metadata.deletionRequestedAt ? objects.actions.leaving : undefined;
  return [
    { label: text.join, icon: Plus, run: () => open('join', on), disabledReason: refusal('join', on) ?? leaving },
    {
      label: text.createPolicy,
      icon: ShieldCheck,
      run: () => open('create-policy', on),
      disabledReason: refusal('create-policy', on) ?? leaving,
    },
    { label: text.names, icon: BookA, run: () => open('names', on), disabledReason: refusal('names', on) ?? leaving },
    {
      label: objects.actions.delete,
      icon: Trash2,
      danger: true,
      run: () => open('delete', on),
      disabledReason: refusal('delete', on) ?? leaving ?? deletionRefusal(row),
    },
  ];
}

function deletionRefusal({ object }: NetworkRow): string | undefined {
  return object.metadata.labels['netyard.dev/default'] === 'true' ? text.defaultStays : undefined;
}
