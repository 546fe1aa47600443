import { cookies } from 'next/headers';

const sessionCookie = 'netyard-session';
const tenantCookie = 'netyard-tenant';
const flowCookie = 'netyard-sign-in';
const problemCookie = 'netyard-sign-in-problem';

/** Whether the browser came by HTTPS, to this server or to one before it; cookies are marked accordingly. */
export const isHttps = (request: Request): boolean =>
  new URL(request.url).protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https';

/** The token that the browser signed in with; undefined when signed out. Scripts in the page cannot read it. */
export async function sessionToken(): Promise<string | undefined> {
  return (await cookies()).get(sessionCookie)?.value;
}

/** Keeps the token in a cookie that only this server reads and that other sites' requests do not carry. */
export async function startSession(token: string, request: Request): Promise<void> {
  const jar = await cookies();
  jar.set(sessionCookie, token, { httpOnly: true, sameSite: 'strict', secure: isHttps(request), path: '/', maxAge: 30 * 86_400 });
  jar.delete(tenantCookie);
}

/** Forgets the token, and which tenant was looked at. May be repeated. */
export async function endSession(): Promise<void> {
  const jar = await cookies();
  jar.delete(sessionCookie);
  jar.delete(tenantCookie);
}

/** The tenant that the browser last chose to look at; undefined: the API's choice. */
export async function chosenTenant(): Promise<string | undefined> {
  return (await cookies()).get(tenantCookie)?.value;
}

export async function chooseTenant(name: string, request: Request): Promise<void> {
  const options = { httpOnly: true, sameSite: 'strict', secure: isHttps(request), path: '/', maxAge: 365 * 86_400 } as const;
  (await cookies()).set(tenantCookie, name, options);
}

/**
 * Keeps the secret of a sign-in that goes by another site, until the browser is back. It comes back by that site's redirect, which carries
 * cookies that are `Lax` and none that are `Strict`.
 */
export async function beginFlow(flow: string, request: Request): Promise<void> {
  const options = { httpOnly: true, sameSite: 'lax', secure: isHttps(request), path: '/sign-in', maxAge: 600 } as const;
  (await cookies()).set(flowCookie, flow, options);
}

/** The secret of the sign-in that was begun here, which is good once. */
export async function takeFlow(): Promise<string | undefined> {
  const jar = await cookies();
  const flow = jar.get(flowCookie)?.value;
  jar.delete({ name: flowCookie, path: '/sign-in' });
  return flow;
}

/** Says on the sign-in page, to which the browser is sent, why signing in did not succeed: in a cookie, since anybody may write an address. */
export async function tellSignInProblem(text: string, request: Request): Promise<void> {
  const options = { httpOnly: true, sameSite: 'lax', secure: isHttps(request), path: '/sign-in', maxAge: 30 } as const;
  (await cookies()).set(problemCookie, text.slice(0, 512), options);
}

export async function signInProblem(): Promise<string | undefined> {
  return (await cookies()).get(problemCookie)?.value;
}
