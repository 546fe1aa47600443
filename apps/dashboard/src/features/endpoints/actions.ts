'use client';

import { Activity, DoorOpen, LogOut, Pencil, Plus, Trash2 } from 'lucide-react';
import { endpoints, objects } from '../../messages';
import type { MenuAction } from '../../ui/menu';
import type { EndpointRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';

/** What can be done to an endpoint now. The API enforces the same; this says it beforehand. */
export function useEndpointActions(row: EndpointRow): MenuAction[] {
  const { open } = useViewActions();
  const refusal = useDialogRefusal();
  const on = { kind: row.kind, name: row.name } as const;
  const leaving = row.object.metadata.deletionRequestedAt ? objects.actions.leaving : undefined;
  const isJoined = row.sandboxName !== null;
  return [
    {
      label: endpoints.actions.ping,
      icon: Activity,
      run: () => open('ping', on),
      disabledReason: refusal('ping', on) ?? leaving ?? (row.addresses.length > 0 ? undefined : endpoints.noAddress),
    },
    {
      label: endpoints.actions.publish,
      icon: DoorOpen,
      run: () => open('publish', on),
      disabledReason: refusal('publish', on) ?? leaving ?? (row.object.status.addresses.length > 0 ? undefined : endpoints.noAddress),
    },
    { label: objects.actions.change, icon: Pencil, run: () => open('edit', on), disabledReason: refusal('edit', on) ?? leaving },
    ...(isJoined
      ? [{ label: endpoints.actions.leave, icon: LogOut, run: () => open('leave', on), disabledReason: refusal('leave', on) ?? leaving }]
      : [{ label: endpoints.actions.join, icon: Plus, run: () => open('join', on), disabledReason: refusal('join', on) ?? leaving }]),
    {
      label: objects.actions.delete,
      icon: Trash2,
      danger: true,
      run: () => open('delete', on),
      disabledReason: refusal('delete', on) ?? leaving,
    },
  ];
}
