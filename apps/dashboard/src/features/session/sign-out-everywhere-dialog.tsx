'use client';

import { session } from '../../messages';
import { ConfirmDialog } from '../removal/confirm-dialog';
import { signOut } from './session-requests';

const text = session.everywhereDialog;

export function SignOutEverywhereDialog({ onClose }: { onClose: () => void }) {
  return (
    <ConfirmDialog
      title={text.title}
      description={text.description}
      confirmLabel={text.confirm}
      request={{ method: 'DELETE', path: '/v1/sessions' }}
      run={() => signOut(true)}
      onClose={onClose}
    />
  );
}
