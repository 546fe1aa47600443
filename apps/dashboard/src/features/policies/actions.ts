'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { objects } from '../../messages';
import type { MenuAction } from '../../ui/menu';
import type { PolicyRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';

/** What can be done to a policy now. */
export function usePolicyActions(row: PolicyRow): MenuAction[] {
  const { open } = useViewActions();
  const refusal = useDialogRefusal();
  const on = { kind: row.kind, name: row.name } as const;
  const leaving = row.object.metadata.deletionRequestedAt ? objects.actions.leaving : undefined;
  return [
    { label: objects.actions.change, icon: Pencil, run: () => open('edit', on), disabledReason: refusal('edit', on) ?? leaving },
    {
      label: objects.actions.delete,
      icon: Trash2,
      danger: true,
      run: () => open('delete', on),
      disabledReason: refusal('delete', on) ?? leaving,
    },
  ];
}
