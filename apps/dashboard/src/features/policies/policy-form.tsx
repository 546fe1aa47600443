'use client';

import { unwrap, type Policy, type PolicyPreview } from '@netyard/api-client';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { policies } from '../../messages';
import { Field, Select, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { useIdempotencyKeys } from '../form/idempotency';
import { PickerField, useOptions } from '../form/pickers';
import type { NetworkRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useViewActions } from '../inventory/view-state';
import { CutFlows } from './cut-flows';
import { emptyPolicy, policyPatch, policyRequest, policyValues, type PolicyFormValues } from './policy-request';
import { RuleFields } from './rule-fields';

const text = policies.form;

const networkDetail = ({ object, cidrs }: NetworkRow): string => cidrs[0] ?? object.spec.driver;

/** Makes a policy, or changes one; tells on request which of the present flows it would cut. */
export function PolicyForm({ policy, network = '', onClose }: { policy?: Policy; network?: string; onClose: () => void }) {
  const networks = useOptions(useInventory()?.networks, networkDetail);
  const keyOf = useIdempotencyKeys();
  const { select } = useViewActions();
  const [preview, setPreview] = useState<PolicyPreview | null>(null);
  const form = useForm<PolicyFormValues>({ defaultValues: policy ? policyValues(policy) : emptyPolicy(network) });
  const { register, control, formState } = form;
  const { errors } = formState;
  const [opened] = useState(policy);

  const create = async (values: PolicyFormValues) => {
    const body = policyRequest(values);
    const { metadata } = unwrap(await api.POST('/v1/policies', { params: { header: { 'Idempotency-Key': keyOf(body) } }, body }));
    toast.success(text.created(metadata.name));
    onClose();
    select({ kind: 'policy', name: metadata.name });
  };
  const change = async ({ metadata }: Policy, values: PolicyFormValues) => {
    // Rules are replaced as a whole: what somebody else has written since the form was opened must not be lost. A new status loses nothing.
    const isAsOpened = metadata.generation === opened?.metadata.generation;
    const { resourceVersion } = isAsOpened ? metadata : (opened ?? { metadata }).metadata;
    const params = { path: { ref: metadata.name }, header: { 'If-Match': `"${resourceVersion}"` } };
    unwrap(await api.PATCH('/v1/policies/{ref}', { params, body: policyPatch(values) }));
    toast.success(text.changed(metadata.name));
    onClose();
  };
  const tryOut = async (values: PolicyFormValues) => {
    setPreview(null);
    setPreview(unwrap(await api.POST('/v1/policies/preview', { body: policyRequest(values) })));
  };

  return (
    <FormDialog
      title={policy ? text.change(policy.metadata.name) : text.create}
      description={text.description}
      submitLabel={policy ? text.submitChange : text.submitCreate}
      form={form}
      requests={(values) => [
        policy
          ? { method: 'PATCH', path: `/v1/policies/${policy.metadata.name}`, body: policyPatch(values) }
          : { method: 'POST', path: '/v1/policies', body: policyRequest(values) },
      ]}
      onSubmit={(values) => (policy ? change(policy, values) : create(values))}
      tryOut={{ label: text.preview, run: tryOut }}
      onClose={onClose}
    >
      {!policy && (
        <div className="grid gap-4 sm:grid-cols-2">
          <PickerField
            control={control}
            name="spec.network"
            label={policies.network}
            required={text.networkNeeded}
            options={networks}
            emptyText={text.noNetwork}
          />
          <Field label={text.name} optional error={errors.metadata?.name?.message}>
            {(described) => <TextInput {...described} {...register('metadata.name')} placeholder={text.nameLeftOut} />}
          </Field>
        </div>
      )}
      <RuleFields form={form} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={policies.everythingElse} error={errors.spec?.defaultAction?.message} hint={text.defaultHint}>
          {(described) => (
            <Select {...described} {...register('spec.defaultAction')}>
              <option value="allow">{text.defaults.allow}</option>
              <option value="deny">{text.defaults.deny}</option>
            </Select>
          )}
        </Field>
        <Field label={policies.priority} error={errors.spec?.priority?.message} hint={text.priorityHint}>
          {(described) => (
            <TextInput
              {...described}
              {...register('spec.priority', { pattern: { value: /^\s*-?\d+\s*$/, message: text.priorityFault } })}
              inputMode="numeric"
            />
          )}
        </Field>
      </div>
      <div aria-live="polite">{preview && <CutFlows preview={preview} />}</div>
    </FormDialog>
  );
}
