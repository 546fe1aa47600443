import type { Metadata } from 'next';
import { SignInForm } from '../../features/session/sign-in-form';
import { session } from '../../messages';
import { signInPage } from '../../server/sign-in-methods';

export const metadata: Metadata = { title: session.signIn.short };

export default async function Page() {
  return <SignInForm {...await signInPage()} />;
}
