'use client';

import { unwrap } from '@netyard/api-client';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { controls, dns } from '../../messages';
import { Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import type { NetworkRow, SandboxRow } from '../inventory/inventory';
import { dnsValues, networkDnsPatch, sandboxDnsPatch, type DnsFormValues } from './dns-request';

const text = dns.form;

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
    toast.success(text.done(kind, name));
    onClose();
  };

  return (
    <FormDialog
      title={text.title(kind, name)}
      description={text.say[kind]}
      submitLabel={controls.save}
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
        <Field label={text.domain} optional error={errors?.domain?.message} hint={text.domainHint}>
          {(described) => <TextInput {...described} {...register('spec.domain')} placeholder="lab.test" />}
        </Field>
      )}
      <Field label={dns.search} optional error={errors?.dns?.search?.message} hint={text.searchHint}>
        {(described) => <TextInput {...described} {...register('spec.dns.search')} placeholder="example.com" />}
      </Field>
      <Field label={text.servers} optional error={errors?.dns?.servers?.message} hint={text.serversHint}>
        {(described) => <TextInput {...described} {...register('spec.dns.servers')} placeholder="192.0.2.53" />}
      </Field>
      <Field label={dns.hosts} optional error={errors?.dns?.hosts?.message} hint={text.hostsHint}>
        {(described) => <TextInput {...described} {...register('spec.dns.hosts')} placeholder="db=10.0.0.5, db=2001:db8::5" />}
      </Field>
      <Field label={text.options} optional error={errors?.dns?.options?.message} hint={text.optionsHint}>
        {(described) => <TextInput {...described} {...register('spec.dns.options')} placeholder="ndots:1" />}
      </Field>
    </FormDialog>
  );
}
