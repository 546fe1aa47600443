'use client';

import { settings } from '../../messages';
import { usePageDialog } from '../inventory/view-state';
import { TableSkeleton } from '../page/table-skeleton';
import { useRefusal } from '../session/session-context';
import { QuotaBars } from './quota-bars';
import { QuotaForm } from './quota-form';
import { SettingsPage } from './settings-page';
import { useTenant } from './use-tenant';

const text = settings.quotas;
const dialogs = ['quotas'] as const;

export function QuotasPage() {
  const { tenant, error } = useTenant();
  const { dialog, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'tenant', verb: 'update' });
  return (
    <SettingsPage
      title={settings.pages.quotas}
      say={text.say}
      action={{ label: text.change, run: () => open('quotas'), disabledReason: refusal }}
      error={error}
    >
      <section aria-label={settings.pages.quotas} className="rounded-lg border border-line bg-surface px-5 py-4 shadow-card empty:hidden">
        {tenant ? <QuotaBars tenant={tenant} /> : !error && <TableSkeleton />}
      </section>
      {dialog === 'quotas' && tenant && <QuotaForm tenant={tenant} onClose={close} />}
    </SettingsPage>
  );
}
