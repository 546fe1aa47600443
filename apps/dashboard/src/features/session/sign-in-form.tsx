'use client';

import { parseProblem } from '@netyard/api-client';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { paths } from '../../paths';
import { Button } from '../../ui/button';
import { CodeBlock } from '../../ui/code-block';
import { Field, TextInput } from '../../ui/field';
import { Mark } from '../../ui/mark';

/** Takes the token, typed or from the address's fragment, which never leaves the browser by itself and is removed at once. */
export function SignInForm() {
  const form = useForm({ defaultValues: { token: '' } });
  const [isLeaving, setLeaving] = useState(false);
  const { errors, isSubmitting } = form.formState;

  const signIn = form.handleSubmit(async ({ token }) => {
    const problem = await tokenProblem(token);
    if (problem) return form.setError('token', { message: problem }, { shouldFocus: true });
    setLeaving(true);
    window.location.assign(paths.home);
  });

  useEffect(() => {
    const takeFromAddress = () => {
      const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
      if (!token) return;
      window.history.replaceState(null, '', window.location.pathname);
      form.setValue('token', token);
      void signIn();
    };
    takeFromAddress();
    // The link may be opened where this page is open already: then only what follows the # changes.
    window.addEventListener('hashchange', takeFromAddress);
    return () => window.removeEventListener('hashchange', takeFromAddress);
    // The form's functions stay the same for as long as it is there.
  }, []);

  return (
    <main className="grid min-h-screen place-items-center p-4">
      <form
        noValidate
        onSubmit={(event) => void signIn(event)}
        className="flex w-full max-w-sm flex-col gap-4 rounded-xl border border-line bg-surface p-6 shadow-card"
      >
        <div className="flex items-center gap-2.5">
          <Mark className="size-7" />
          <h1 className="text-[17px] font-semibold tracking-tight">Sign in to Netyard</h1>
        </div>
        <Field label="Token" error={errors.token?.message}>
          {(described) => (
            <TextInput
              {...described}
              {...form.register('token', { required: 'Enter a token.' })}
              type="password"
              autoComplete="current-password"
              autoFocus
            />
          )}
        </Field>
        <Button type="submit" variant="primary" busy={isSubmitting || isLeaving}>
          Sign in
        </Button>
        <div className="flex flex-col gap-1.5 border-t border-line pt-4 text-[12px] leading-[18px] text-ink-2">
          <p>The launcher prints a link that signs you in. It keeps the token here:</p>
          <CodeBlock label="Command that shows the token" code="cat .netyard/admin-token" />
        </div>
      </form>
    </main>
  );
}

/** Offers the token to the server; says what is wrong with it, or nothing. */
async function tokenProblem(token: string): Promise<string | null> {
  try {
    const response = await fetch(paths.session, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return response.ok ? null : parseProblem(await response.json().catch(() => null), response).message;
  } catch {
    return 'The dashboard’s server cannot be reached.';
  }
}
