'use client';

import { unwrapEmpty } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { membersKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { ConfirmDialog } from '../removal/confirm-dialog';

const text = settings.members;

export function RemoveMemberDialog({ tenant, name, onClose }: { tenant: string; name: string; onClose: () => void }) {
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      title={text.removeTitle(name)}
      description={text.removeDescription(name, tenant)}
      confirmLabel={text.removeConfirm}
      request={{ method: 'DELETE', path: `/v1/tenants/${tenant}/members/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/tenants/{tenant}/members/{ref}', { params: { path: { tenant, ref: name } } }));
        await queries.invalidateQueries({ queryKey: membersKey(tenant) });
        toast.success(text.removed(name));
      }}
      onClose={onClose}
    />
  );
}
