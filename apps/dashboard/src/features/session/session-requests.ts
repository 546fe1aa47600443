import { parseProblem } from '@netyard/api-client';
import { session as text } from '../../messages';
import { paths } from '../../paths';

/** A request to the dashboard's own server, which keeps the session. Throws ApiProblem where it refuses, and Error where it cannot be reached. */
export async function sessionRequest(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error(text.signIn.serverUnreachable);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw parseProblem(answer, response);
  return answer;
}

/**
 * Ends the session, or all of the user's, and goes to where one can sign in; where the session at an identity provider can be ended too, there.
 * The page is loaded anew, so nothing of the session stays in memory.
 */
export async function signOut(isEverywhere = false): Promise<void> {
  const answer = await sessionRequest('DELETE', isEverywhere ? `${paths.session}?everywhere=true` : paths.session);
  window.location.assign(textOf(answer, 'logoutUrl') ?? paths.signIn);
}

/** Shows another tenant from now on. Everything is loaded anew: nothing of one tenant is left when another is shown. */
export async function switchTenant(tenant: string): Promise<void> {
  await sessionRequest('PUT', paths.sessionTenant, { tenant });
  window.location.assign(paths.home);
}

/** Sends the browser to a provider, which sends it back to `/sign-in/callback`. */
export async function signInBy(provider: string): Promise<void> {
  const answer = await sessionRequest('POST', paths.sessionOidc, { provider });
  const url = textOf(answer, 'authorizationUrl');
  if (url === null) throw new Error(text.signIn.serverUnreachable);
  window.location.assign(url);
}

function textOf(answer: unknown, key: string): string | null {
  const value = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : null;
}
