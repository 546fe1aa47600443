'use client';

import { unwrap } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { sharesKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';

const text = settings.shares;

/** Lets another tenant use a network. Who is not of the deployment knows no names of tenants, so it is typed. */
export function ShareForm({ network, onClose }: { network: string; onClose: () => void }) {
  const queries = useQueryClient();
  const form = useForm({ defaultValues: { tenant: '' } });
  const share = async ({ tenant }: { tenant: string }) => {
    const { metadata } = unwrap(
      await api.PUT('/v1/networks/{ref}/shares/{with}', { params: { path: { ref: network, with: tenant.trim() } } }),
    );
    await queries.invalidateQueries({ queryKey: sharesKey(network) });
    toast.success(text.shared(network, metadata.name));
    onClose();
  };
  return (
    <FormDialog
      title={text.title(network)}
      description={text.description}
      submitLabel={text.confirm}
      form={form}
      requests={({ tenant }) => [{ method: 'PUT', path: `/v1/networks/${network}/shares/${tenant || 'TENANT'}` }]}
      onSubmit={share}
      onClose={onClose}
    >
      <Field label={text.tenant} error={form.formState.errors.tenant?.message} hint={text.tenantHint}>
        {(described) => <TextInput {...described} {...form.register('tenant', { required: text.tenantNeeded })} placeholder="class-b" />}
      </Field>
    </FormDialog>
  );
}
