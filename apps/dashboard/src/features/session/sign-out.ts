import { paths } from '../../paths';

/** Forgets the token and goes to where one can sign in. The page is loaded anew, so nothing of the session stays in memory. */
export async function signOut(): Promise<void> {
  await fetch(paths.session, { method: 'DELETE' });
  window.location.assign(paths.signIn);
}
