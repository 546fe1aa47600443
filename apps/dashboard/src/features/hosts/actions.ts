'use client';

import { Ban, Building2, CirclePlay, Trash2 } from 'lucide-react';
import { hosts as text } from '../../messages';
import type { MenuAction } from '../../ui/menu';
import type { HostRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';

/** What can be done to a host now. The API enforces the same; this says it beforehand. */
export function useHostActions(row: HostRow): MenuAction[] {
  const { open } = useViewActions();
  const refusal = useDialogRefusal();
  const on = { kind: row.kind, name: row.name } as const;
  const isDrained = row.object.spec.drained;
  return [
    {
      label: isDrained ? text.undrain : text.drain,
      icon: isDrained ? CirclePlay : Ban,
      run: () => open('drain', on),
      disabledReason: refusal('drain', on),
    },
    { label: text.limit, icon: Building2, run: () => open('edit', on), disabledReason: refusal('edit', on) },
    { label: text.remove, icon: Trash2, danger: true, run: () => open('delete', on), disabledReason: refusal('delete', on) },
  ];
}
