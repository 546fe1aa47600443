'use client';

import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { session } from '../../messages';
import { paths } from '../../paths';
import { Button } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';
import { enter } from './sign-in-form';
import { sessionRequest } from './session-requests';

const text = session.signIn;

/** Signs in with a name and a password. What is wrong is told at the password: nobody is told which of the two it was. */
export function PasswordForm() {
  const form = useForm({ defaultValues: { name: '', password: '' } });
  const [isLeaving, setLeaving] = useState(false);
  const { errors, isSubmitting } = form.formState;
  const signIn = form.handleSubmit(async (values) => {
    try {
      await sessionRequest('POST', paths.sessionPassword, values);
    } catch (error) {
      form.setError('password', { message: error instanceof Error ? error.message : String(error) }, { shouldFocus: true });
      return;
    }
    setLeaving(true);
    enter();
  });
  return (
    <form noValidate onSubmit={(event) => void signIn(event)} className="flex flex-col gap-4">
      <Field label={text.name} error={errors.name?.message}>
        {(described) => (
          <TextInput {...described} {...form.register('name', { required: text.nameNeeded })} autoComplete="username" autoFocus />
        )}
      </Field>
      <Field label={text.password} error={errors.password?.message}>
        {(described) => (
          <TextInput
            {...described}
            {...form.register('password', { required: text.passwordNeeded })}
            type="password"
            autoComplete="current-password"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={isSubmitting || isLeaving}>
        {text.submit}
      </Button>
    </form>
  );
}
