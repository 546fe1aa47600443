import { apiFor } from '../../../server/api';
import { crossOriginProblem, invalidProblem, passProblem, unreachableProblem } from '../../../server/problem';
import { isSameOrigin } from '../../../server/same-origin';
import { endSession, sessionToken, startSession } from '../../../server/session';

/** Signs in with a token: asks the API whether it is good, then keeps it in a cookie. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin('POST', request.headers)) return crossOriginProblem();
  const token = tokenOf(await request.json().catch(() => null));
  if (!token) return invalidProblem('A token is needed: letters, digits and punctuation, no blanks.', '/token');
  try {
    const { error, response } = await apiFor({ token, headers: request.headers }).GET('/v1/session');
    if (!response.ok) return passProblem(error, response);
  } catch {
    return unreachableProblem();
  }
  await startSession(token, request);
  return new Response(null, { status: 204 });
}

/**
 * Signs out, with `?everywhere=true` from all sessions of the user. A token that was signed in with is only forgotten: it is revoked where it
 * was made. May be repeated. Where the session at an identity provider can be ended too, the answer says where.
 */
export async function DELETE(request: Request): Promise<Response> {
  if (!isSameOrigin('DELETE', request.headers)) return crossOriginProblem();
  const token = await sessionToken();
  const isEverywhere = new URL(request.url).searchParams.get('everywhere') === 'true';
  let logoutUrl: string | null = null;
  if (token !== undefined) {
    try {
      const api = apiFor({ token, headers: request.headers });
      const { data, error, response } = await (isEverywhere ? api.DELETE('/v1/sessions') : api.DELETE('/v1/session'));
      if (isEverywhere && !response.ok && response.status !== 401) return passProblem(error, response);
      logoutUrl = data?.logoutUrl ?? null;
    } catch {
      // Without the API nothing ends there; here it does.
      if (isEverywhere) return unreachableProblem();
    }
  }
  await endSession();
  return Response.json({ logoutUrl });
}

/** A token as RFC 6750 allows it in a header; null for anything else. */
function tokenOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('token' in body) || typeof body.token !== 'string') return null;
  const token = body.token.trim();
  return /^[A-Za-z0-9._~+/=-]{1,2048}$/.test(token) ? token : null;
}
