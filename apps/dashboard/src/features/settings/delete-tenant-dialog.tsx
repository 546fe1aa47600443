'use client';

import type { Tenant } from '@netyard/api-client';
import { defaultTenantName } from '@netyard/contracts';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { useSession } from '../session/session-context';
import { switchTenant } from '../session/session-requests';
import { SettingsRemoval } from './settings-removal';
import { usageText } from './tenants-page';

const text = settings.tenants;

export function DeleteTenantDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const { name } = tenant.metadata;
  const { networks, sandboxes, endpoints } = tenant.status.usage;
  const isShown = useSession()?.tenant === name;
  return (
    <SettingsRemoval
      title={text.removeTitle(name)}
      description={networks + sandboxes + endpoints > 0 ? text.removeFull(usageText(tenant)) : text.removeEmpty}
      confirmLabel={text.removeConfirm}
      path={`/v1/tenants/${name}`}
      remove={() => api.DELETE('/v1/tenants/{tenant}', { params: { path: { tenant: name } } })}
      changes={tenantsKey}
      done={text.removed(name)}
      leave={isShown ? () => switchTenant(defaultTenantName) : undefined}
      onClose={onClose}
    />
  );
}
