'use client';

import { Activity, DoorOpen, LogOut, Pencil, Plus, Trash2 } from 'lucide-react';
import type { MenuAction } from '../../ui/menu';
import type { EndpointRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';

/** What can be done to an endpoint now. The API enforces the same; this says it beforehand. */
export function useEndpointActions(row: EndpointRow): MenuAction[] {
  const { open } = useViewActions();
  const on = { kind: row.kind, name: row.name } as const;
  const leaving = row.object.metadata.deletionRequestedAt ? 'It is being deleted.' : undefined;
  const isJoined = row.sandboxName !== null;
  return [
    {
      label: 'Ping it…',
      icon: Activity,
      run: () => open('ping', on),
      disabledReason: leaving ?? (row.addresses.length > 0 ? undefined : 'It has no address.'),
    },
    {
      label: 'Publish a port…',
      icon: DoorOpen,
      run: () => open('publish', on),
      disabledReason: leaving ?? (row.object.status.addresses.length > 0 ? undefined : 'It has no address.'),
    },
    { label: 'Change…', icon: Pencil, run: () => open('edit', on), disabledReason: leaving },
    ...(isJoined
      ? [{ label: 'Leave its sandbox…', icon: LogOut, run: () => open('leave', on), disabledReason: leaving }]
      : [{ label: 'Join to a sandbox…', icon: Plus, run: () => open('join', on), disabledReason: leaving }]),
    { label: 'Delete…', icon: Trash2, danger: true, run: () => open('delete', on), disabledReason: leaving },
  ];
}
