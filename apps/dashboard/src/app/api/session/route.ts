import { apiAddress } from '../../../server/api-address';
import { crossOriginProblem, problemResponse, unreachableProblem } from '../../../server/problem';
import { isSameOrigin } from '../../../server/same-origin';
import { endSession, startSession } from '../../../server/session';

/** Signs in: asks the API whether the token is good, then keeps it in a cookie. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin('POST', request.headers)) return crossOriginProblem();
  const token = tokenOf(await request.json().catch(() => null));
  if (!token)
    return problemResponse(
      'invalid-request',
      400,
      'The request is not valid',
      'A token is needed: letters, digits and punctuation, no blanks.',
    );
  const address = apiAddress();
  const answer = await fetch(new URL('/v1/hosts?limit=1', address), {
    headers: { Authorization: `Bearer ${token}` },
    cache: 'no-store',
  }).catch(() => null);
  // Read to its end: a body that is let go of keeps its connection busy.
  await answer?.text().catch(() => '');
  if (!answer || answer.status >= 500) return unreachableProblem(address);
  if (!answer.ok) return problemResponse('unauthenticated', 401, 'A valid bearer token is needed', 'The API does not accept this token.');
  await startSession(token, new URL(request.url).protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https');
  return new Response(null, { status: 204 });
}

/** Signs out. May be repeated. */
export async function DELETE(request: Request): Promise<Response> {
  if (!isSameOrigin('DELETE', request.headers)) return crossOriginProblem();
  await endSession();
  return new Response(null, { status: 204 });
}

/** A token as RFC 6750 allows it in a header; null for anything else. */
function tokenOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('token' in body) || typeof body.token !== 'string') return null;
  const token = body.token.trim();
  return /^[A-Za-z0-9._~+/=-]{1,2048}$/.test(token) ? token : null;
}
