'use client';

import { unwrap } from '@netyard/api-client';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import type { NetworkRow, SandboxRow } from '../inventory/inventory';
import { dnsValues, networkDnsPatch, sandboxDnsPatch, type DnsFormValues } from './dns-request';

/** Changes how names are looked up in a sandbox, or in all sandboxes of a network. */
export function DnsForm({ row, onClose }: { row: NetworkRow | SandboxRow; onClose: () => void }) {
  const { kind, name } = row;
  const form = useForm<DnsFormValues>({ defaultValues: dnsValues(row.object.spec) });
  const { register, formState } = form;
  const errors = formState.errors.spec;

  const save = async (values: DnsFormValues) => {
    const params = { path: { ref: name } };
    if (kind === 'network') unwrap(await api.PATCH('/v1/networks/{ref}', { params, body: networkDnsPatch(values) }));
    else unwrap(await api.PATCH('/v1/sandboxes/{ref}', { params, body: sandboxDnsPatch(values) }));
    toast.success(`Names of ${kind} ${name} are being changed`);
    onClose();
  };

  return (
    <FormDialog
      title={`Names in ${kind} ${name}`}
      description={
        kind === 'network'
          ? 'For every sandbox on the network, after the sandbox’s own settings. Lists are typed with commas between.'
          : 'For this sandbox, before those of its networks. Lists are typed with commas between.'
      }
      submitLabel="Save"
      form={form}
      requests={(values) => [
        kind === 'network'
          ? { method: 'PATCH', path: `/v1/networks/${name}`, body: networkDnsPatch(values) }
          : { method: 'PATCH', path: `/v1/sandboxes/${name}`, body: sandboxDnsPatch(values) },
      ]}
      onSubmit={save}
      onClose={onClose}
    >
      {kind === 'network' && (
        <Field label="Domain" optional error={errors?.domain?.message} hint="Its names are answered below this domain too: a.lab.test.">
          {(described) => <TextInput {...described} {...register('spec.domain')} placeholder="lab.test" />}
        </Field>
      )}
      <Field label="Search domains" optional error={errors?.dns?.search?.message} hint="Tried for short names.">
        {(described) => <TextInput {...described} {...register('spec.dns.search')} placeholder="example.com" />}
      </Field>
      <Field
        label="Servers"
        optional
        error={errors?.dns?.servers?.message}
        hint="Whom unknown names are asked of, from inside the sandbox. The host’s own when there are none."
      >
        {(described) => <TextInput {...described} {...register('spec.dns.servers')} placeholder="192.0.2.53" />}
      </Field>
      <Field label="Extra hosts" optional error={errors?.dns?.hosts?.message} hint="Names that are answered besides those of endpoints.">
        {(described) => <TextInput {...described} {...register('spec.dns.hosts')} placeholder="db=10.0.0.5, db=2001:db8::5" />}
      </Field>
      <Field label="Options" optional error={errors?.dns?.options?.message} hint="Of resolv.conf(5).">
        {(described) => <TextInput {...described} {...register('spec.dns.options')} placeholder="ndots:1" />}
      </Field>
    </FormDialog>
  );
}
