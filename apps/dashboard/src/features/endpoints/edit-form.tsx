'use client';

import { unwrap } from '@netyard/api-client';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { controls, endpointForms, endpoints } from '../../messages';
import { Checkbox } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import type { EndpointRow } from '../inventory/inventory';
import { editRequest, editValues, type EditFormValues } from './edit-request';
import { NameAndLimitFields } from './name-and-limit-fields';

const text = endpointForms.edit;

/** Changes an endpoint while it is joined: its names, its limits, its guard. */
export function EditEndpointForm({ row: { name, object }, onClose }: { row: EndpointRow; onClose: () => void }) {
  const form = useForm<EditFormValues>({ defaultValues: editValues(object) });
  const errors = form.formState.errors;
  const save = async (values: EditFormValues) => {
    unwrap(await api.PATCH('/v1/endpoints/{ref}', { params: { path: { ref: name } }, body: editRequest(object, values) }));
    toast.success(text.done(name));
    onClose();
  };
  return (
    <FormDialog
      title={text.title(name)}
      description={text.description}
      submitLabel={controls.save}
      form={form}
      requests={(values) => [{ method: 'PATCH', path: `/v1/endpoints/${name}`, body: editRequest(object, values) }]}
      onSubmit={save}
      onClose={onClose}
    >
      <NameAndLimitFields form={form} />
      <Checkbox
        {...form.register('spec.spoofingGuard')}
        label={endpoints.spoofingGuard}
        error={errors.spec?.spoofingGuard?.message}
        hint={text.guardHint}
      />
    </FormDialog>
  );
}
