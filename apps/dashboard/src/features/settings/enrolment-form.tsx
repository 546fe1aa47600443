'use client';

import { unwrap } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/client';
import { enrolmentsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { Field, Select, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { EnrolledDialog } from './enrolled-dialog';

const text = settings.enrolment;

interface EnrolmentFormValues {
  spec: { host: string; minutes: string };
}

const bodyOf = ({ spec }: EnrolmentFormValues) => ({ spec: { host: spec.host.trim(), minutes: Number(spec.minutes) } });

/** Makes a token for a host, then tells how to use it and waits for the host. */
export function EnrolmentForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [made, setMade] = useState<{ host: string; token: string } | null>(null);
  const form = useForm<EnrolmentFormValues>({ defaultValues: { spec: { host: '', minutes: '60' } } });
  const errors = form.formState.errors.spec;
  const make = async (values: EnrolmentFormValues) => {
    const { spec, status } = unwrap(await api.POST('/v1/hosts/enrolments', { body: bodyOf(values) }));
    setMade({ host: spec.host, token: status.token ?? '' });
    await queries.invalidateQueries({ queryKey: enrolmentsKey });
  };
  if (made) return <EnrolledDialog {...made} onClose={onClose} />;
  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submitLabel={text.confirm}
      form={form}
      requests={(values) => [{ method: 'POST', path: '/v1/hosts/enrolments', body: bodyOf(values) }]}
      onSubmit={make}
      onClose={onClose}
    >
      <Field label={text.host} error={errors?.host?.message} hint={text.hostHint}>
        {(described) => <TextInput {...described} {...form.register('spec.host', { required: text.hostNeeded })} placeholder="rack1-07" />}
      </Field>
      <Field label={text.minutes} error={errors?.minutes?.message}>
        {(described) => (
          <Select {...described} {...form.register('spec.minutes')}>
            {Object.entries(text.periods).map(([minutes, label]) => (
              <option key={minutes} value={minutes}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormDialog>
  );
}
