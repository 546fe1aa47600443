'use client';

import { unwrapEmpty, type Tenant } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { ConfirmDialog } from '../removal/confirm-dialog';
import { usageText } from './tenants-page';

const text = settings.tenants;

export function DeleteTenantDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const queries = useQueryClient();
  const { name } = tenant.metadata;
  const { networks, sandboxes, endpoints } = tenant.status.usage;
  return (
    <ConfirmDialog
      title={text.removeTitle(name)}
      description={networks + sandboxes + endpoints > 0 ? text.removeFull(usageText(tenant)) : text.removeEmpty}
      confirmLabel={text.removeConfirm}
      request={{ method: 'DELETE', path: `/v1/tenants/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/tenants/{tenant}', { params: { path: { tenant: name } } }));
        await queries.invalidateQueries({ queryKey: tenantsKey });
        toast.success(text.removed(name));
      }}
      onClose={onClose}
    />
  );
}
