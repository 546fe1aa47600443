'use client';

import type { Path, UseFormReturn } from 'react-hook-form';
import { endpointForms, endpoints, traffic } from '../../messages';
import { Field, TextInput } from '../../ui/field';

const text = endpointForms;

/** What the forms that hold these fields have in common. */
interface CommonValues {
  metadata: { labels: string };
  spec: { aliases: string; limits: { ingressMbps: string; egressMbps: string } };
}

const limitRule = { pattern: { value: /^\s*-?\d*\s*$/, message: text.limitFault } };

/** By what an endpoint is known besides its name, and how much it may carry. */
export function NameAndLimitFields<Values extends CommonValues>({ form }: { form: UseFormReturn<Values> }) {
  // A path of what all such forms share is one of each of them, which TypeScript cannot follow through a type parameter.
  const own = (path: Path<CommonValues>) => path as Path<Values>;
  const errorOf = (path: Path<CommonValues>) => form.getFieldState(own(path), form.formState).error?.message;
  return (
    <>
      <Field label={endpoints.aliases} optional error={errorOf('spec.aliases')} hint={text.aliasesHint}>
        {(described) => <TextInput {...described} {...form.register(own('spec.aliases'))} placeholder="api, www" />}
      </Field>
      <Field label={text.labels} optional error={errorOf('metadata.labels')} hint={text.labelsHint}>
        {(described) => <TextInput {...described} {...form.register(own('metadata.labels'))} placeholder="role=db, tier=back" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.receivesAtMost} optional error={errorOf('spec.limits.ingressMbps')}>
          {(described) => (
            <TextInput
              {...described}
              {...form.register(own('spec.limits.ingressMbps'), limitRule)}
              inputMode="numeric"
              placeholder={traffic.noLimit}
            />
          )}
        </Field>
        <Field label={text.sendsAtMost} optional error={errorOf('spec.limits.egressMbps')}>
          {(described) => (
            <TextInput
              {...described}
              {...form.register(own('spec.limits.egressMbps'), limitRule)}
              inputMode="numeric"
              placeholder={traffic.noLimit}
            />
          )}
        </Field>
      </div>
    </>
  );
}
