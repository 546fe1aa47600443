'use client';

import { api } from '../../api/client';
import { sharesKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { SettingsRemoval } from './settings-removal';

const text = settings.shares;

export function EndShareDialog({ network, tenant, onClose }: { network: string; tenant: string; onClose: () => void }) {
  return (
    <SettingsRemoval
      title={text.endTitle(network, tenant)}
      description={text.endDescription(tenant)}
      confirmLabel={text.endConfirm}
      path={`/v1/networks/${network}/shares/${tenant}`}
      remove={() => api.DELETE('/v1/networks/{ref}/shares/{with}', { params: { path: { ref: network, with: tenant } } })}
      changes={sharesKey}
      done={text.ended(network, tenant)}
      onClose={onClose}
    />
  );
}
