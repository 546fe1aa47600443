'use client';

import type { AccessResource } from '@netyard/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch, type UseFormReturn } from 'react-hook-form';
import { tokensKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { Disclosure } from '../../ui/disclosure';
import { Checkbox, Field, Select, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { deploymentRoleChoices, RoleField, tenantRoleChoices } from './role-field';
import { SecretDialog } from './secret-dialog';
import { createToken, tokensPath, type TokenTenant } from './token-door';
import { scopeResources, scopeVerbs, tokenRequest, type TokenFormValues } from './token-request';

const text = settings.tokens;

/** Creates a token, then shows it: once. */
export function TokenForm({ tenant, onClose }: { tenant: TokenTenant; onClose: () => void }) {
  const queries = useQueryClient();
  const [created, setCreated] = useState<{ name: string; secret: string } | null>(null);
  const form = useForm<TokenFormValues>({
    defaultValues: {
      metadata: { name: '' },
      spec: {
        role: tenant === null ? 'auditor' : 'editor',
        readOnly: false,
        allowedSources: '',
        expiresAt: '90',
        resources: [],
        verbs: [],
      },
    },
  });
  const { register, control, formState } = form;
  const role = useWatch({ control, name: 'spec.role' });
  const errors = formState.errors;
  const create = async (values: TokenFormValues) => {
    const { metadata, status } = await createToken(tenant, tokenRequest(values, Date.now()));
    setCreated({ name: metadata.name, secret: status.token ?? '' });
    await queries.invalidateQueries({ queryKey: tokensKey(tenant) });
  };
  if (created)
    return (
      <SecretDialog
        title={text.shownTitle(created.name)}
        description={text.shownDescription}
        label={text.shown}
        secret={created.secret}
        doneLabel={text.shownDone}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      title={text.title}
      description={tenant === null ? text.ofDeployment.description : text.ofTenant.description(tenant)}
      submitLabel={text.create}
      form={form}
      requests={(values) => [{ method: 'POST', path: tokensPath(tenant), body: tokenRequest(values, Date.now()) }]}
      onSubmit={create}
      onClose={onClose}
    >
      <Field label={settings.columns.name} error={errors.metadata?.name?.message} hint={text.nameHint}>
        {(described) => <TextInput {...described} {...register('metadata.name', { required: text.nameNeeded })} placeholder="ci" />}
      </Field>
      <RoleField
        registration={register('spec.role')}
        role={role}
        error={errors.spec?.role?.message}
        choices={tenant === null ? deploymentRoleChoices : tenantRoleChoices}
      />
      <Field label={text.expires} error={errors.spec?.expiresAt?.message}>
        {(described) => (
          <Select {...described} {...register('spec.expiresAt')}>
            {Object.entries(text.expiry).map(([days, label]) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={text.sources} optional error={errors.spec?.allowedSources?.message} hint={text.sourcesHint}>
        {(described) => <TextInput {...described} {...register('spec.allowedSources')} placeholder="192.0.2.0/24" />}
      </Field>
      <Checkbox {...register('spec.readOnly')} label={text.readOnly} hint={text.readOnlyHint} error={errors.spec?.readOnly?.message} />
      <Disclosure label={text.scopes}>{() => <ScopeFields form={form} resources={scopeResources(role)} />}</Disclosure>
    </FormDialog>
  );
}

interface ScopeFieldsProps {
  form: UseFormReturn<TokenFormValues>;
  resources: readonly AccessResource[];
}

function ScopeFields({ form: { register }, resources }: ScopeFieldsProps) {
  return (
    <div className="mt-3 flex flex-col gap-3 border-l border-line pl-4">
      <p className="text-[12px] leading-[18px] text-ink-3">{text.scopesHint}</p>
      <fieldset>
        <legend className="pb-1 font-medium">{text.resources}</legend>
        <div className="grid grid-cols-2 gap-x-4 sm:grid-cols-3">
          {resources.map((resource) => (
            <Checkbox key={resource} {...register('spec.resources')} value={resource} label={resource} />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="pb-1 font-medium">{text.verbs}</legend>
        <div className="grid grid-cols-2 gap-x-4 sm:grid-cols-4">
          {scopeVerbs.map((verb) => (
            <Checkbox key={verb} {...register('spec.verbs')} value={verb} label={verb} />
          ))}
        </div>
      </fieldset>
    </div>
  );
}
