'use client';

import { unwrapEmpty, type Enrolment } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { enrolmentsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { ConfirmDialog } from '../removal/confirm-dialog';

const text = settings.enrolment;

export function CancelEnrolmentDialog({ enrolment, onClose }: { enrolment: Enrolment; onClose: () => void }) {
  const queries = useQueryClient();
  const { host } = enrolment.spec;
  return (
    <ConfirmDialog
      title={text.cancelTitle(host)}
      description={text.cancelDescription}
      confirmLabel={text.cancelConfirm}
      request={{ method: 'DELETE', path: `/v1/hosts/enrolments/${host}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/hosts/enrolments/{ref}', { params: { path: { ref: host } } }));
        await queries.invalidateQueries({ queryKey: enrolmentsKey });
        toast.success(text.cancelled(host));
      }}
      onClose={onClose}
    />
  );
}
