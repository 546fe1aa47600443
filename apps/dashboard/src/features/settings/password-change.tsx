'use client';

import { ApiProblem, unwrapEmpty } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { ownSessionsKey } from '../../api/query-keys';
import { settings, tables } from '../../messages';
import { Button } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';

const text = settings.account;

/** Changes the password of who is signed in. The equal API call is left out: passwords do not belong into a shell's history. */
export function PasswordChange() {
  const queries = useQueryClient();
  const form = useForm({ defaultValues: { current: '', password: '' } });
  const { errors, isSubmitting } = form.formState;
  const change = form.handleSubmit(async (body) => {
    try {
      unwrapEmpty(await api.PUT('/v1/session/password', { body }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) return form.setError('current', { message: tables.unreachable });
      const field = error.fields[0]?.pointer === '/password' ? 'password' : 'current';
      return form.setError(field, { message: error.fields[0]?.detail ?? error.message }, { shouldFocus: true });
    }
    form.reset();
    toast.success(text.changed);
    await queries.invalidateQueries({ queryKey: ownSessionsKey });
  });
  return (
    <form noValidate onSubmit={(event) => void change(event)} className="flex max-w-sm flex-col gap-4">
      <Field label={text.current} error={errors.current?.message}>
        {(described) => (
          <TextInput
            {...described}
            {...form.register('current', { required: text.currentNeeded })}
            type="password"
            autoComplete="current-password"
          />
        )}
      </Field>
      <Field label={text.new} error={errors.password?.message} hint={text.newHint}>
        {(described) => (
          <TextInput
            {...described}
            {...form.register('password', { minLength: { value: 12, message: text.short }, required: text.short })}
            type="password"
            autoComplete="new-password"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={isSubmitting} className="self-start">
        {text.change}
      </Button>
    </form>
  );
}
