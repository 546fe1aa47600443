'use client';

import type { User } from '@netyard/api-client';
import { api } from '../../api/client';
import { usersKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { SettingsRemoval } from './settings-removal';

const text = settings.users;

export function DeleteUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { name } = user.metadata;
  return (
    <SettingsRemoval
      title={text.removeTitle(name)}
      description={text.removeDescription(user.status.memberships.map(({ tenant }) => tenant))}
      confirmLabel={text.removeConfirm}
      path={`/v1/users/${name}`}
      remove={() => api.DELETE('/v1/users/{ref}', { params: { path: { ref: name } } })}
      changes={usersKey}
      done={text.removed(name)}
      onClose={onClose}
    />
  );
}
