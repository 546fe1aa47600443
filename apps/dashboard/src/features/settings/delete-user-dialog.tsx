'use client';

import { unwrapEmpty, type User } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { usersKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { ConfirmDialog } from '../removal/confirm-dialog';

const text = settings.users;

export function DeleteUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const queries = useQueryClient();
  const { name } = user.metadata;
  return (
    <ConfirmDialog
      title={text.removeTitle(name)}
      description={text.removeDescription(user.status.memberships.map(({ tenant }) => tenant))}
      confirmLabel={text.removeConfirm}
      request={{ method: 'DELETE', path: `/v1/users/${name}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/users/{ref}', { params: { path: { ref: name } } }));
        await queries.invalidateQueries({ queryKey: usersKey });
        toast.success(text.removed(name));
      }}
      onClose={onClose}
    />
  );
}
