'use client';

import { unwrap, type PatchTenant, type Tenant } from '@netyard/api-client';
import { driverNames } from '@netyard/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { Checkbox, Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { parentsText, parseParents } from './parents-text';

const text = settings.drivers;

type Grants = Tenant['spec']['grants'];
export const namespaceTypes = ['managed', 'adopted', 'host'] as const satisfies readonly Grants['namespaces'][number][];

/** As the form has it: parents are typed. */
interface Values {
  spec: { grants: Omit<Grants, 'parents'> & { parents: string } };
}

const requestOf = ({ spec: { grants } }: Values): PatchTenant => ({
  spec: { grants: { ...grants, parents: parseParents(grants.parents) } },
});

/** What a tenant may reach beyond what is its own. */
export function GrantsForm({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const queries = useQueryClient();
  const { name, resourceVersion } = tenant.metadata;
  const { parents, ...grants } = tenant.spec.grants;
  const form = useForm<Values>({ defaultValues: { spec: { grants: { ...grants, parents: parentsText(parents) } } } });
  const save = async (values: Values) => {
    const params = { path: { tenant: name }, header: { 'If-Match': `"${resourceVersion}"` } };
    unwrap(await api.PATCH('/v1/tenants/{tenant}', { params, body: requestOf(values) }));
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
      requests={(values) => [{ method: 'PATCH', path: `/v1/tenants/${name}`, body: requestOf(values) }]}
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
      <Field label={text.parents} hint={text.parentsSay} error={form.formState.errors.spec?.grants?.parents?.message} optional>
        {(control) => <TextInput {...control} {...form.register('spec.grants.parents')} />}
      </Field>
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
