'use client';

import { unwrap } from '@netyard/api-client';
import { useForm, useWatch } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { Field, Select, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { useIdempotencyKeys } from '../form/idempotency';
import { PickerField, useOptions } from '../form/pickers';
import type { HostRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useViewActions } from '../inventory/view-state';
import { sandboxRequest, type SandboxFormValues } from './sandbox-request';

const hostDetail = ({ health, sandboxCount }: HostRow): string => `${sandboxCount} sandboxes · ${health.label}`;

export function CreateSandboxForm({ onClose }: { onClose: () => void }) {
  const hosts = useInventory()?.hosts;
  const hostOptions = useOptions(hosts, hostDetail);
  const keyOf = useIdempotencyKeys();
  const { select } = useViewActions();
  const form = useForm<SandboxFormValues>({
    defaultValues: { metadata: { name: '' }, spec: { host: leastUsedHost(hosts), namespace: { type: 'managed', path: '' } } },
  });
  const { register, control, formState } = form;
  const namespaceType = useWatch({ control, name: 'spec.namespace.type' });
  const errors = formState.errors;

  const create = async (values: SandboxFormValues) => {
    const body = sandboxRequest(values);
    const { metadata } = unwrap(await api.POST('/v1/sandboxes', { params: { header: { 'Idempotency-Key': keyOf(body) } }, body }));
    toast.success(`Sandbox ${metadata.name} is created`);
    onClose();
    select({ kind: 'sandbox', name: metadata.name });
  };

  return (
    <FormDialog
      title="Create a sandbox"
      description="A network namespace with interfaces, routes and rules of its own."
      submitLabel="Create sandbox"
      form={form}
      requests={(values) => [{ method: 'POST', path: '/v1/sandboxes', body: sandboxRequest(values) }]}
      onSubmit={create}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" optional error={errors.metadata?.name?.message}>
          {(described) => <TextInput {...described} {...register('metadata.name')} placeholder="a" />}
        </Field>
        <PickerField
          control={control}
          name="spec.host"
          label="Host"
          required="Choose a host."
          options={hostOptions}
          emptyText="No host has registered yet: start a worker."
        />
      </div>
      <Field label="Namespace" error={errors.spec?.namespace?.type?.message} hint={hints[namespaceType]}>
        {(described) => (
          <Select {...described} {...register('spec.namespace.type')}>
            <option value="managed">Managed</option>
            <option value="adopted">Adopted</option>
            <option value="host">The host’s own</option>
          </Select>
        )}
      </Field>
      {namespaceType === 'adopted' && (
        <Field
          label="Path"
          error={errors.spec?.namespace?.path?.message}
          hint="On the host: a bind mount, or /proc/PID/ns/net of a process."
        >
          {(described) => <TextInput {...described} {...register('spec.namespace.path')} placeholder="/proc/1234/ns/net" />}
        </Field>
      )}
    </FormDialog>
  );
}

const hints = {
  managed: 'Netyard makes it, and deletes it with the sandbox.',
  adopted: 'One that exists: a container’s or a process’s. It stays when the sandbox is deleted.',
  host: 'The host’s stack itself; only endpoints of networks with driver host join it.',
} as const;

function leastUsedHost(hosts: readonly HostRow[] | undefined): string {
  const ready = (hosts ?? []).filter(({ health }) => health.tone === 'ready');
  return ready.sort((a, b) => a.sandboxCount - b.sandboxCount || a.name.localeCompare(b.name))[0]?.name ?? '';
}
