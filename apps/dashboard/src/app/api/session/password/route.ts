import { apiFor } from '../../../../server/api';
import { crossOriginProblem, invalidProblem, passProblem, unreachableProblem } from '../../../../server/problem';
import { isSameOrigin } from '../../../../server/same-origin';
import { startSession } from '../../../../server/session';

/** Signs in with a name and a password; the token of the session stays on this server and in its cookie. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin('POST', request.headers)) return crossOriginProblem();
  const body: unknown = await request.json().catch(() => null);
  const name = textOf(body, 'name');
  const password = textOf(body, 'password');
  if (!name) return invalidProblem('A name is needed.', '/name');
  if (!password) return invalidProblem('A password is needed.', '/password');
  try {
    const { data, error, response } = await apiFor({ headers: request.headers }).POST('/v1/sessions', { body: { name, password } });
    if (!data?.token) return passProblem(error, response);
    await startSession(data.token, request);
  } catch {
    return unreachableProblem();
  }
  return new Response(null, { status: 204 });
}

function textOf(body: unknown, key: string): string | null {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}
