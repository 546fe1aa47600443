'use client';

import { unwrap, type Tenant } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { quotaFormValues, quotaKinds, quotaPatch, type QuotaFormValues } from './quota-request';

const text = settings.quotas;

export function QuotaForm({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const queries = useQueryClient();
  const { name, resourceVersion } = tenant.metadata;
  const form = useForm<QuotaFormValues>({ defaultValues: quotaFormValues(tenant) });
  const save = async (values: QuotaFormValues) => {
    const params = { path: { tenant: name }, header: { 'If-Match': `"${resourceVersion}"` } };
    unwrap(await api.PATCH('/v1/tenants/{tenant}', { params, body: quotaPatch(tenant, values) }));
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
      requests={(values) => [{ method: 'PATCH', path: `/v1/tenants/${name}`, body: quotaPatch(tenant, values) }]}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {quotaKinds.map((kind) => (
          <Field
            key={kind}
            label={text.kinds[kind]}
            optional
            error={form.formState.errors.spec?.quotas?.[kind]?.message}
            hint={text.hint(tenant.status.usage[kind])}
          >
            {(described) => (
              <TextInput
                {...described}
                {...form.register(`spec.quotas.${kind}`, { pattern: { value: /^\s*\d*\s*$/, message: text.whole } })}
                inputMode="numeric"
              />
            )}
          </Field>
        ))}
      </div>
    </FormDialog>
  );
}
