'use client';

import type { Token } from '@netyard/api-client';
import { tokensKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { relativeTime } from '../../ui/time';
import { SettingsRemoval } from './settings-removal';
import { deleteToken, tokensPath, type TokenTenant } from './token-door';

const text = settings.tokens;

export function RevokeTokenDialog({ tenant, token, onClose }: { tenant: TokenTenant; token: Token; onClose: () => void }) {
  const { name, id } = token.metadata;
  const { lastUsedAt } = token.status;
  return (
    <SettingsRemoval
      title={text.revokeTitle(name)}
      description={text.revokeDescription(lastUsedAt ? relativeTime(Date.parse(lastUsedAt), Date.now()) : settings.never)}
      confirmLabel={text.revokeConfirm}
      path={`${tokensPath(tenant)}/${name}`}
      remove={() => deleteToken(tenant, id)}
      changes={tokensKey(tenant)}
      done={text.revoked(name)}
      onClose={onClose}
    />
  );
}
