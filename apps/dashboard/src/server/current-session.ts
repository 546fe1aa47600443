import type { Session } from '@netyard/api-client';
import { headers } from 'next/headers';
import { apiFor } from './api';
import { chosenTenant, sessionToken } from './session';

/** What a page begins with: who is signed in and what they look at; `signed-out` for nobody, null where the API does not answer. */
export type CurrentSession = Session | 'signed-out' | null;

/** A page that waits for an API that hangs would be blank meanwhile. */
const timeoutMs = 3_000;

export async function currentSession(): Promise<CurrentSession> {
  const token = await sessionToken();
  if (token === undefined) return 'signed-out';
  const caller = { token, headers: await headers(), timeoutMs };
  try {
    const tenant = await chosenTenant();
    const chosen = await apiFor({ ...caller, tenant }).GET('/v1/session');
    // A tenant that is gone, or has let the user go, is none to look at: then the API chooses.
    const { data, response } =
      tenant !== undefined && [403, 404].includes(chosen.response.status) ? await apiFor(caller).GET('/v1/session') : chosen;
    if (response.status === 401) return 'signed-out';
    return data ?? null;
  } catch {
    return null;
  }
}
