'use client';

import { Activity, BookA, Plus, Trash2 } from 'lucide-react';
import { objects, sandboxes } from '../../messages';
import type { MenuAction } from '../../ui/menu';
import type { SandboxRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';

/** Why nothing can be pinged from a sandbox now; undefined when it can. */
export function pingRefusal({ object, health }: SandboxRow): string | undefined {
  if (object.metadata.deletionRequestedAt) return objects.actions.leaving;
  return health.tone === 'ready' ? undefined : sandboxes.notReady;
}

/** What can be done to a sandbox now. The API enforces the same; this says it beforehand. */
export function useSandboxActions(row: SandboxRow): MenuAction[] {
  const { open } = useViewActions();
  const refusal = useDialogRefusal();
  const on = { kind: row.kind, name: row.name } as const;
  const leaving = row.object.metadata.deletionRequestedAt ? objects.actions.leaving : undefined;
  return [
    { label: sandboxes.actions.ping, icon: Activity, run: () => open('ping', on), disabledReason: refusal('ping', on) ?? pingRefusal(row) },
    { label: sandboxes.actions.join, icon: Plus, run: () => open('join', on), disabledReason: refusal('join', on) ?? leaving },
    { label: sandboxes.actions.names, icon: BookA, run: () => open('names', on), disabledReason: refusal('names', on) ?? leaving },
    {
      label: objects.actions.delete,
      icon: Trash2,
      danger: true,
      run: () => open('delete', on),
      disabledReason: refusal('delete', on) ?? leaving,
    },
  ];
}
