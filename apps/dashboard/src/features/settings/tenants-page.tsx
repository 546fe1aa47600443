'use client';

import { unwrap, type Tenant } from '@netyard/api-client';
import { Eye, Gauge, KeySquare, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import { usePageDialog } from '../inventory/view-state';
import { useRefusal } from '../session/session-context';
import { switchTenant } from '../session/session-requests';
import { DeleteTenantDialog } from './delete-tenant-dialog';
import { GrantsForm } from './grants-form';
import { QuotaForm } from './quota-form';
import { listColumns, menuColumn, nameColumn, timeColumn, type ListColumns, useListRows } from './list-rows';
import { SettingsTable } from './settings-table';
import { TenantForm } from './tenant-form';

const text = settings.tenants;
const dialogs = ['create-tenant', 'quotas', 'grants', 'delete-tenant'] as const;

const column = listColumns<Tenant>();

export function TenantsPage() {
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'tenant', verb: 'update' });
  const { values, rows, error } = useListRows(
    tenantsKey,
    async () => unwrap(await api.GET('/v1/tenants', { params: { query: { limit: 500, sort: 'name' } } })).items,
  );
  const columns = useMemo<ListColumns<Tenant>>(
    () =>
      column.columns([
        nameColumn<Tenant>(settings.columns.name, ({ metadata }) => metadata.name, { width: '28%', narrowWidth: 'auto' }),
        column.accessor(({ value: tenant }) => tenant.status.usage.endpoints, {
          id: 'usage',
          header: settings.columns.usage,
          meta: { width: 'auto', from: 'medium' },
          cell: ({ row: { original } }) => usageText(original.value),
        }),
        timeColumn<Tenant>('created', settings.columns.created, (tenant) => tenant.metadata.createdAt, { width: '9rem', from: 'medium' }),
        menuColumn<Tenant>(
          'tenant',
          ({ metadata }) => metadata.name,
          (name) => [
            { label: text.look, icon: Eye, run: () => void switchTenant(name) },
            { label: text.quotas, icon: Gauge, run: () => open('quotas', name), disabledReason: refusal },
            { label: text.grants, icon: KeySquare, run: () => open('grants', name), disabledReason: refusal },
            { label: text.remove, icon: Trash2, danger: true, run: () => open('delete-tenant', name), disabledReason: refusal },
          ],
        ),
      ]),
    [open, refusal],
  );
  const tenant = values?.find(({ metadata }) => metadata.name === on);
  return (
    <>
      <SettingsTable
        kind="tenants"
        title={settings.pages.tenants}
        say={text.say}
        rows={rows}
        error={error}
        columns={columns}
        create={{ label: text.create, run: () => open('create-tenant'), disabledReason: refusal }}
        empty={<EmptyState title={text.empty}>{null}</EmptyState>}
      />
      {dialog === 'create-tenant' && <TenantForm onClose={close} />}
      {dialog === 'quotas' && tenant && <QuotaForm tenant={tenant} onClose={close} />}
      {dialog === 'grants' && tenant && <GrantsForm tenant={tenant} onClose={close} />}
      {dialog === 'delete-tenant' && tenant && <DeleteTenantDialog tenant={tenant} onClose={close} />}
    </>
  );
}

/** What a tenant has, in a few words. */
export const usageText = ({ status: { usage } }: Tenant): string => text.usage(usage.networks, usage.sandboxes, usage.endpoints);
