'use client';

import type { Token } from '@netyard/api-client';
import { api } from '../../api/client';
import { tokensKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { relativeTime } from '../../ui/time';
import { SettingsRemoval } from './settings-removal';

const text = settings.tokens;

export function RevokeTokenDialog({ tenant, token, onClose }: { tenant: string; token: Token; onClose: () => void }) {
  const { name, id } = token.metadata;
  const { lastUsedAt } = token.status;
  return (
    <SettingsRemoval
      title={text.revokeTitle(name)}
      description={text.revokeDescription(lastUsedAt ? relativeTime(Date.parse(lastUsedAt), Date.now()) : settings.never)}
      confirmLabel={text.revokeConfirm}
      path={`/v1/tenants/${tenant}/tokens/${name}`}
      remove={() => api.DELETE('/v1/tenants/{tenant}/tokens/{ref}', { params: { path: { tenant, ref: id } } })}
      changes={tokensKey(tenant)}
      done={text.revoked(name)}
      onClose={onClose}
    />
  );
}
