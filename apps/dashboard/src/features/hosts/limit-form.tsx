'use client';

import { unwrap } from '@netyard/api-client';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { hosts as text } from '../../messages';
import { Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { joinList, splitList } from '../form/listed';
import type { HostRow } from '../inventory/inventory';

interface LimitFormValues {
  /** With commas between. */
  spec: { tenants: string };
}

const bodyOf = ({ spec }: LimitFormValues) => ({ spec: { tenants: splitList(spec.tenants) } });

/** Says which tenants may use a host. */
export function LimitForm({ row: { name, object }, onClose }: { row: HostRow; onClose: () => void }) {
  const form = useForm<LimitFormValues>({ defaultValues: { spec: { tenants: joinList(object.spec.tenants) } } });
  const save = async (values: LimitFormValues) => {
    const params = { path: { ref: name }, header: { 'If-Match': `"${object.metadata.resourceVersion}"` } };
    unwrap(await api.PATCH('/v1/hosts/{ref}', { params, body: bodyOf(values) }));
    toast.success(text.limitedToast(name));
    onClose();
  };
  return (
    <FormDialog
      title={text.limitTitle(name)}
      description={text.limitDescription}
      submitLabel={text.save}
      form={form}
      requests={(values) => [{ method: 'PATCH', path: `/v1/hosts/${name}`, body: bodyOf(values) }]}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label={text.tenants} optional error={form.formState.errors.spec?.tenants?.message} hint={text.tenantsHint}>
        {(described) => <TextInput {...described} {...form.register('spec.tenants')} placeholder="class-a, class-b" />}
      </Field>
    </FormDialog>
  );
}
