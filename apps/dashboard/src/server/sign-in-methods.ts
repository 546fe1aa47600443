import { headers } from 'next/headers';
import type { SignInProvider } from '../features/session/sign-in-form';
import { session } from '../messages';
import { apiFor } from './api';
import { signInProblem } from './session';

/** The page is there soon, with or without the API. */
const timeoutMs = 3_000;

/** How one can sign in, as the API says. Where it does not answer, what every deployment has, and that it does not answer. */
export async function signInPage(): Promise<{ hasPasswords: boolean; providers: SignInProvider[]; problem: string | null }> {
  const problem = (await signInProblem()) ?? null;
  try {
    const { data } = await apiFor({ headers: await headers(), timeoutMs }).GET('/v1/sign-in');
    const methods = data?.items ?? [];
    const providers = methods.filter(({ type }) => type === 'oidc').map(({ name, title }) => ({ name, title }));
    return { hasPasswords: methods.some(({ type }) => type === 'password'), providers, problem };
  } catch {
    return { hasPasswords: true, providers: [], problem: problem ?? session.signIn.unreachable };
  }
}
