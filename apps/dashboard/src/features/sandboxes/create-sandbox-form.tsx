'use client';

import { unwrap } from '@netyard/api-client';
import { useForm, useWatch } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { sandboxes } from '../../messages';
import { Field, Select, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { useIdempotencyKeys } from '../form/idempotency';
import { PickerField, useOptions } from '../form/pickers';
import type { HostRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useViewActions } from '../inventory/view-state';
import { sandboxRequest, type SandboxFormValues } from './sandbox-request';

const text = sandboxes.form;
const namespaceTypes = ['managed', 'adopted', 'host'] as const;

const hostDetail = ({ health, sandboxCount }: HostRow): string => text.hostDetail(sandboxCount, health.label);

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
    toast.success(text.created(metadata.name));
    onClose();
    select({ kind: 'sandbox', name: metadata.name });
  };

  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submitLabel={text.submit}
      form={form}
      requests={(values) => [{ method: 'POST', path: '/v1/sandboxes', body: sandboxRequest(values) }]}
      onSubmit={create}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.name} optional error={errors.metadata?.name?.message}>
          {(described) => <TextInput {...described} {...register('metadata.name')} placeholder="a" />}
        </Field>
        <PickerField
          control={control}
          name="spec.host"
          label={sandboxes.host}
          required={text.hostNeeded}
          options={hostOptions}
          emptyText={text.noHost}
        />
      </div>
      <Field label={sandboxes.namespace} error={errors.spec?.namespace?.type?.message} hint={text.hints[namespaceType]}>
        {(described) => (
          <Select {...described} {...register('spec.namespace.type')}>
            {namespaceTypes.map((type) => (
              <option key={type} value={type}>
                {text.types[type]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {namespaceType === 'adopted' && (
        <Field label={text.path} error={errors.spec?.namespace?.path?.message} hint={text.pathHint}>
          {(described) => <TextInput {...described} {...register('spec.namespace.path')} placeholder="/proc/1234/ns/net" />}
        </Field>
      )}
    </FormDialog>
  );
}

function leastUsedHost(hosts: readonly HostRow[] | undefined): string {
  const ready = (hosts ?? []).filter(({ health }) => health.tone === 'ready');
  return ready.sort((a, b) => a.sandboxCount - b.sandboxCount || a.name.localeCompare(b.name))[0]?.name ?? '';
}
