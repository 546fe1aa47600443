'use client';

import { BookA, Plus, ShieldCheck, Trash2 } from 'lucide-react';
import type { MenuAction } from '../../ui/menu';
import type { NetworkRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';

/** What can be done to a network now. The API enforces the same; this says it beforehand. */
export function useNetworkActions(row: NetworkRow): MenuAction[] {
  const { open } = useViewActions();
  const on = { kind: row.kind, name: row.name } as const;
  const leaving = row.object.metadata.deletionRequestedAt ? 'It is being deleted.' : undefined;
  return [
    { label: 'Join a sandbox…', icon: Plus, run: () => open('join', on), disabledReason: leaving },
    { label: 'Create a policy…', icon: ShieldCheck, run: () => open('create-policy', on), disabledReason: leaving },
    { label: 'Names…', icon: BookA, run: () => open('names', on), disabledReason: leaving },
    { label: 'Delete…', icon: Trash2, danger: true, run: () => open('delete', on), disabledReason: leaving ?? deletionRefusal(row) },
  ];
}

function deletionRefusal({ object }: NetworkRow): string | undefined {
  return object.metadata.labels['netyard.dev/default'] === 'true' ? 'A host’s default network stays as long as the host.' : undefined;
}
