'use client';

import { unwrapEmpty } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { sharesKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { ConfirmDialog } from '../removal/confirm-dialog';

const text = settings.shares;

export function EndShareDialog({ network, tenant, onClose }: { network: string; tenant: string; onClose: () => void }) {
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      title={text.endTitle(network, tenant)}
      description={text.endDescription(tenant)}
      confirmLabel={text.endConfirm}
      request={{ method: 'DELETE', path: `/v1/networks/${network}/shares/${tenant}` }}
      run={async () => {
        unwrapEmpty(await api.DELETE('/v1/networks/{ref}/shares/{with}', { params: { path: { ref: network, with: tenant } } }));
        await queries.invalidateQueries({ queryKey: sharesKey(network) });
        toast.success(text.ended(network, tenant));
      }}
      onClose={onClose}
    />
  );
}
