import { cookies } from 'next/headers';

const cookieName = 'netyard-session';

/** The token that the browser signed in with; undefined when signed out. Scripts in the page cannot read it. */
export async function sessionToken(): Promise<string | undefined> {
  return (await cookies()).get(cookieName)?.value;
}

/** Keeps the token in a cookie that only this server reads and that other sites' requests do not carry. */
export async function startSession(token: string, isHttps: boolean): Promise<void> {
  (await cookies()).set(cookieName, token, { httpOnly: true, sameSite: 'strict', secure: isHttps, path: '/', maxAge: 30 * 86_400 });
}

/** Forgets the token. May be repeated. */
export async function endSession(): Promise<void> {
  (await cookies()).delete(cookieName);
}
