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
import { PickerField, useOptions } from '../form/pickers';
import type { NetworkRow } from '../inventory/inventory';

const text = settings.shares;

interface ShareFormValues {
  network: string;
  tenant: string;
}

const networkDetail = ({ object, cidrs }: NetworkRow): string => cidrs[0] ?? object.spec.driver;

/** Lets another tenant use a network. Who is not of the deployment knows no names of tenants, so it is typed. */
export function ShareForm({ networks, onClose }: { networks: readonly NetworkRow[]; onClose: () => void }) {
  const queries = useQueryClient();
  const options = useOptions(networks, networkDetail);
  const form = useForm<ShareFormValues>({ defaultValues: { network: '', tenant: '' } });
  const share = async ({ network, tenant }: ShareFormValues) => {
    const { metadata } = unwrap(
      await api.PUT('/v1/networks/{ref}/shares/{with}', { params: { path: { ref: network.trim(), with: tenant.trim() } } }),
    );
    await queries.invalidateQueries({ queryKey: sharesKey });
    toast.success(text.shared(network, metadata.name));
    onClose();
  };
  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submitLabel={text.confirm}
      form={form}
      requests={({ network, tenant }) => [{ method: 'PUT', path: `/v1/networks/${network || 'NETWORK'}/shares/${tenant || 'TENANT'}` }]}
      onSubmit={share}
      onClose={onClose}
    >
      <PickerField
        control={form.control}
        name="network"
        label={text.network}
        required={text.networkNeeded}
        options={options}
        emptyText={text.noNetworks}
      />
      <Field label={text.tenant} error={form.formState.errors.tenant?.message} hint={text.tenantHint}>
        {(described) => <TextInput {...described} {...form.register('tenant', { required: text.tenantNeeded })} placeholder="class-b" />}
      </Field>
    </FormDialog>
  );
}
