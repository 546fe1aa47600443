'use client';

import { unwrap, type PatchTenant, type Tenant } from '@netyard/api-client';
import { driverNames } from '@netyard/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { Checkbox } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';

const text = settings.drivers;

type Grants = Tenant['spec']['grants'];
export const namespaceTypes = ['managed', 'adopted', 'host'] as const satisfies readonly Grants['namespaces'][number][];

/** What a tenant may reach beyond what is its own. */
export function GrantsForm({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const queries = useQueryClient();
  const { name, resourceVersion } = tenant.metadata;
  const form = useForm<{ spec: { grants: Grants } }>({ defaultValues: { spec: { grants: tenant.spec.grants } } });
  const save = async (values: PatchTenant) => {
    const params = { path: { tenant: name }, header: { 'If-Match': `"${resourceVersion}"` } };
    unwrap(await api.PATCH('/v1/tenants/{tenant}', { params, body: values }));
    await queries.invalidateQueries({ queryKey: tenantsKey });
    toast.success(text.changed(name));
    onClose();
  };
  return (
    <FormDialog
      title={text.title(name)}
      description={text.description}
      submitLabel={settings.save}
      form={form}
      requests={(values) => [{ method: 'PATCH', path: `/v1/tenants/${name}`, body: values }]}
      onSubmit={save}
      onClose={onClose}
    >
      <fieldset>
        <legend className="pb-1 font-medium">{text.drivers}</legend>
        <div className="grid grid-cols-2 gap-x-4 sm:grid-cols-3">
          {driverNames.map((driver) => (
            <Checkbox key={driver} {...form.register('spec.grants.drivers')} value={driver} label={driver} />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="pb-1 font-medium">{text.namespaces}</legend>
        <div className="flex flex-col gap-1">
          {namespaceTypes.map((type) => (
            <Checkbox
              key={type}
              {...form.register('spec.grants.namespaces')}
              value={type}
              label={text.namespace[type]}
              hint={text.namespaceSay[type]}
            />
          ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}
