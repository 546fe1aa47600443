'use client';

import { api } from '../../api/client';
import { membersKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { SettingsRemoval } from './settings-removal';

const text = settings.members;

export function RemoveMemberDialog({ tenant, name, onClose }: { tenant: string; name: string; onClose: () => void }) {
  return (
    <SettingsRemoval
      title={text.removeTitle(name)}
      description={text.removeDescription(name, tenant)}
      confirmLabel={text.removeConfirm}
      path={`/v1/tenants/${tenant}/members/${name}`}
      remove={() => api.DELETE('/v1/tenants/{tenant}/members/{ref}', { params: { path: { tenant, ref: name } } })}
      changes={membersKey(tenant)}
      done={text.removed(name)}
      onClose={onClose}
    />
  );
}
