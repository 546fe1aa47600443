import { apiFor } from '../../../../server/api';
import { crossOriginProblem, invalidProblem, passProblem, signedOutProblem, unreachableProblem } from '../../../../server/problem';
import { isSameOrigin } from '../../../../server/same-origin';
import { chooseTenant, sessionToken } from '../../../../server/session';

/** Chooses the tenant that pages show from now on, if the API lets the session look at it. May be repeated. */
export async function PUT(request: Request): Promise<Response> {
  if (!isSameOrigin('PUT', request.headers)) return crossOriginProblem();
  const token = await sessionToken();
  if (!token) return signedOutProblem();
  const body: unknown = await request.json().catch(() => null);
  // Names of tenants are DNS labels, which can stand in a header and in a cookie as they are.
  if (typeof body !== 'object' || body === null || !('tenant' in body) || !isLabel(body.tenant))
    return invalidProblem('The name of a tenant is needed.', '/tenant');
  try {
    const { error, response } = await apiFor({ token, tenant: body.tenant, headers: request.headers }).GET('/v1/session');
    if (!response.ok) return passProblem(error, response);
  } catch {
    return unreachableProblem();
  }
  await chooseTenant(body.tenant, request);
  return new Response(null, { status: 204 });
}

const isLabel = (value: unknown): value is string => typeof value === 'string' && /^[a-z0-9-]{1,63}$/.test(value);
