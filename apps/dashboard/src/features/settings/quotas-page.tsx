'use client';

import { settings } from '../../messages';
import { Button } from '../../ui/button';
import { usePageDialog } from '../inventory/view-state';
import { PageHeading } from '../page/page-heading';
import { TableSkeleton } from '../page/table-skeleton';
import { useRefusal } from '../session/session-context';
import { QuotaBars } from './quota-bars';
import { QuotaForm } from './quota-form';
import { LoadProblem } from './settings-table';
import { useTenant } from './use-tenant';

const text = settings.quotas;
const dialogs = ['quotas'] as const;

export function QuotasPage() {
  const { tenant, error } = useTenant();
  const { dialog, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'tenant', verb: 'update' });
  return (
    <>
      <PageHeading title={settings.pages.quotas}>
        <Button variant="primary" disabledReason={refusal} onClick={() => open('quotas')}>
          {text.change}
        </Button>
      </PageHeading>
      <p className="-mt-2 max-w-prose text-ink-2">{text.say}</p>
      {error && <LoadProblem error={error} />}
      <section aria-label={settings.pages.quotas} className="rounded-lg border border-line bg-surface px-5 py-4 shadow-card empty:hidden">
        {tenant ? <QuotaBars tenant={tenant} /> : !error && <TableSkeleton />}
      </section>
      {dialog === 'quotas' && tenant && <QuotaForm tenant={tenant} onClose={close} />}
    </>
  );
}
