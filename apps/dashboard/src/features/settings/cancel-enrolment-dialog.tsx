'use client';

import type { Enrolment } from '@netyard/api-client';
import { api } from '../../api/client';
import { enrolmentsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { SettingsRemoval } from './settings-removal';

const text = settings.enrolment;

export function CancelEnrolmentDialog({ enrolment, onClose }: { enrolment: Enrolment; onClose: () => void }) {
  const { host } = enrolment.spec;
  return (
    <SettingsRemoval
      title={text.cancelTitle(host)}
      description={text.cancelDescription}
      confirmLabel={text.cancelConfirm}
      path={`/v1/hosts/enrolments/${host}`}
      remove={() => api.DELETE('/v1/hosts/enrolments/{ref}', { params: { path: { ref: host } } })}
      changes={enrolmentsKey}
      done={text.cancelled(host)}
      onClose={onClose}
    />
  );
}
