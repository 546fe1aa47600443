'use client';

import { unwrap } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { useIdempotencyKeys } from '../form/idempotency';

const text = settings.tenants;

interface TenantFormValues {
  metadata: { name: string };
}

export function TenantForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const keyOf = useIdempotencyKeys();
  const form = useForm<TenantFormValues>({ defaultValues: { metadata: { name: '' } } });
  const bodyOf = ({ metadata }: TenantFormValues) => ({ metadata: { name: metadata.name.trim() } });
  const create = async (values: TenantFormValues) => {
    const body = bodyOf(values);
    const { metadata } = unwrap(await api.POST('/v1/tenants', { params: { header: { 'Idempotency-Key': keyOf(body) } }, body }));
    await queries.invalidateQueries({ queryKey: tenantsKey });
    toast.success(text.created(metadata.name));
    onClose();
  };
  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submitLabel={text.create}
      form={form}
      requests={(values) => [{ method: 'POST', path: '/v1/tenants', body: bodyOf(values) }]}
      onSubmit={create}
      onClose={onClose}
    >
      <Field label={settings.columns.name} error={form.formState.errors.metadata?.name?.message} hint={text.nameHint}>
        {(described) => (
          <TextInput {...described} {...form.register('metadata.name', { required: text.nameNeeded })} placeholder="class-a" />
        )}
      </Field>
    </FormDialog>
  );
}
