'use client';

import { unwrapEmpty } from '@netyard/api-client';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { hosts as text } from '../../messages';
import type { HostRow } from '../inventory/inventory';
import { ConfirmDialog } from '../removal/confirm-dialog';

export function RemoveHostDialog({ row: { name }, onClose }: { row: HostRow; onClose: () => void }) {
  return (
    <ConfirmDialog
      title={text.removeTitle(name)}
      description={text.removeDescription}
      confirmLabel={text.removeConfirm}
      request={{ method: 'DELETE', path: `/v1/hosts/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/hosts/{ref}', { params: { path: { ref: name } } }));
        toast.success(text.removedToast(name));
      }}
      onClose={onClose}
    />
  );
}
