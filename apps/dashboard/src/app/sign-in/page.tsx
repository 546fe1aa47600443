import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignInForm } from '../../features/session/sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

export default async function Page() {
  // Rendered for each request, so that its scripts carry the nonce of that request.
  await connection();
  return <SignInForm />;
}
