'use client';

import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { session } from '../../messages';
import { paths } from '../../paths';
import { Button } from '../../ui/button';
import { CodeBlock } from '../../ui/code-block';
import { Disclosure } from '../../ui/disclosure';
import { Field, TextInput } from '../../ui/field';
import { enter } from './sign-in-form';
import { sessionRequest } from './session-requests';

const text = session.signIn;

/** Takes a token, typed or from the address's fragment, which never leaves the browser by itself and is removed at once. */
export function TokenForm({ isOpen }: { isOpen: boolean }) {
  const form = useForm({ defaultValues: { token: '' } });
  const [isLeaving, setLeaving] = useState(false);
  const [isFromAddress, setFromAddress] = useState(false);
  const { errors, isSubmitting } = form.formState;
  const signIn = form.handleSubmit(async (values) => {
    try {
      await sessionRequest('POST', paths.session, values);
    } catch (error) {
      form.setError('token', { message: error instanceof Error ? error.message : String(error) }, { shouldFocus: true });
      return;
    }
    setLeaving(true);
    enter();
  });

  useEffect(() => {
    const takeFromAddress = () => {
      const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
      if (!token) return;
      window.history.replaceState(null, '', window.location.pathname);
      setFromAddress(true);
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
    <div className="border-t border-line pt-3">
      <Disclosure label={text.withToken} forceOpen={isOpen || isFromAddress}>
        {() => (
          <form noValidate onSubmit={(event) => void signIn(event)} className="mt-3 flex flex-col gap-4">
            <Field label={text.token} error={errors.token?.message}>
              {(described) => (
                <TextInput
                  {...described}
                  {...form.register('token', { required: text.tokenNeeded })}
                  type="password"
                  autoComplete="off"
                  autoFocus
                />
              )}
            </Field>
            <Button type="submit" busy={isSubmitting || isLeaving}>
              {text.submitToken}
            </Button>
            <div className="flex flex-col gap-1.5 text-[12px] leading-[18px] text-ink-2">
              <p>{text.link}</p>
              <CodeBlock label={text.command} code="cat .netyard/admin-token" />
            </div>
          </form>
        )}
      </Disclosure>
    </div>
  );
}
