'use client';

import { CircleAlert, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { session } from '../../messages';
import { paths } from '../../paths';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Mark } from '../../ui/mark';
import { PasswordForm } from './password-form';
import { signInBy } from './session-requests';
import { TokenForm } from './token-form';

const text = session.signIn;

export interface SignInProvider {
  name: string;
  title: string;
}

interface SignInFormProps {
  hasPasswords: boolean;
  providers: readonly SignInProvider[];
  /** Why signing in elsewhere did not succeed, or cannot now. */
  problem: string | null;
}

/** All the ways to sign in that the deployment has. */
export function SignInForm({ hasPasswords, providers, problem }: SignInFormProps) {
  return (
    <main className="grid min-h-screen place-items-center p-4">
      <div className="flex w-full max-w-sm flex-col gap-4 rounded-xl border border-line bg-surface p-6 shadow-card">
        <div className="flex items-center gap-2.5">
          <Mark className="size-7" />
          <h1 className="text-[17px] font-semibold tracking-tight">{text.title}</h1>
        </div>
        {problem && (
          <div role="alert">
            <Banner tone="failing" icon={CircleAlert}>
              {problem}
            </Banner>
          </div>
        )}
        {providers.map((provider) => (
          <ProviderButton key={provider.name} provider={provider} />
        ))}
        {providers.length > 0 && hasPasswords && (
          <p className="flex items-center gap-3 text-[12px] text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            {text.or}
          </p>
        )}
        {hasPasswords && <PasswordForm />}
        <TokenForm isOpen={!hasPasswords && providers.length === 0} />
      </div>
    </main>
  );
}

function ProviderButton({ provider: { name, title } }: { provider: SignInProvider }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await signInBy(name);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-1">
      <Button busy={busy} onClick={() => void begin()}>
        <KeyRound className="size-4 text-ink-3" aria-hidden="true" />
        {text.by(title)}
      </Button>
      {problem && (
        <p role="alert" className="text-[12px] leading-[18px] text-failing">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Into the dashboard, which is loaded anew. */
export const enter = (): void => window.location.assign(paths.home);
