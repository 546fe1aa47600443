'use client';

import { unwrapEmpty, type Token } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { tokensKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { relativeTime } from '../../ui/time';
import { ConfirmDialog } from '../removal/confirm-dialog';

const text = settings.tokens;

export function RevokeTokenDialog({ tenant, token, onClose }: { tenant: string; token: Token; onClose: () => void }) {
  const queries = useQueryClient();
  const { name, id } = token.metadata;
  const { lastUsedAt } = token.status;
  return (
    <ConfirmDialog
      title={text.revokeTitle(name)}
      description={text.revokeDescription(lastUsedAt ? relativeTime(Date.parse(lastUsedAt), Date.now()) : settings.never)}
      confirmLabel={text.revokeConfirm}
      request={{ method: 'DELETE', path: `/v1/tenants/${tenant}/tokens/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/tenants/{tenant}/tokens/{ref}', { params: { path: { tenant, ref: id } } }));
        await queries.invalidateQueries({ queryKey: tokensKey(tenant) });
        toast.success(text.revoked(name));
      }}
      onClose={onClose}
    />
  );
}
