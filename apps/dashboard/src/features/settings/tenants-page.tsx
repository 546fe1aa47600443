'use client';

import { unwrap, type Tenant } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { Eye, Gauge, KeySquare, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ActionMenu } from '../../ui/menu';
import { Time } from '../../ui/time';
import { usePageDialog } from '../inventory/view-state';
import { useRefusal } from '../session/session-context';
import { switchTenant } from '../session/session-requests';
import { DeleteTenantDialog } from './delete-tenant-dialog';
import { GrantsForm } from './grants-form';
import { QuotaForm } from './quota-form';
import { SettingsTable } from './settings-table';
import { TenantForm } from './tenant-form';

const text = settings.tenants;
const dialogs = ['create-tenant', 'quotas', 'grants', 'delete-tenant'] as const;

interface TenantRow {
  id: string;
  tenant: Tenant;
}

const column = columnHelper<TenantRow>();

export function TenantsPage() {
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'tenant', verb: 'update' });
  const { data, error } = useQuery({
    queryKey: tenantsKey,
    queryFn: async () => unwrap(await api.GET('/v1/tenants', { params: { query: { limit: 500, sort: 'name' } } })).items,
  });
  const rows = useMemo(() => data?.map((tenant) => ({ id: tenant.metadata.id, tenant })), [data]);
  const columns = useMemo<Columns<TenantRow>>(
    () =>
      column.columns([
        column.accessor(({ tenant }) => tenant.metadata.name, {
          id: 'name',
          header: settings.columns.name,
          sortFn: naturally,
          meta: { width: '28%', narrowWidth: 'auto' },
          cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
        }),
        column.accessor(({ tenant }) => tenant.status.usage.endpoints, {
          id: 'usage',
          header: settings.columns.usage,
          meta: { width: 'auto', from: 'medium' },
          cell: ({ row: { original } }) => usageText(original.tenant),
        }),
        column.accessor(({ tenant }) => tenant.metadata.createdAt, {
          id: 'created',
          header: settings.columns.created,
          meta: { width: '9rem', from: 'medium' },
          cell: ({ getValue }) => <Time at={getValue()} />,
        }),
        column.display({
          id: 'actions',
          header: () => <span className="sr-only">{settings.columns.actions}</span>,
          meta: { width: '3.25rem', align: 'end', isActions: true },
          cell: ({ row: { original } }) => {
            const { name } = original.tenant.metadata;
            return (
              <ActionMenu
                label={settings.menu('tenant', name)}
                actions={[
                  { label: text.look, icon: Eye, run: () => void switchTenant(name) },
                  { label: text.quotas, icon: Gauge, run: () => open('quotas', name), disabledReason: refusal },
                  { label: text.grants, icon: KeySquare, run: () => open('grants', name), disabledReason: refusal },
                  { label: text.remove, icon: Trash2, danger: true, run: () => open('delete-tenant', name), disabledReason: refusal },
                ]}
              />
            );
          },
        }),
      ]),
    [open, refusal],
  );
  const tenant = data?.find(({ metadata }) => metadata.name === on);
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
