import { apiFor } from '../../../../server/api';
import { crossOriginProblem, invalidProblem, passProblem, unreachableProblem } from '../../../../server/problem';
import { isSameOrigin } from '../../../../server/same-origin';
import { beginFlow } from '../../../../server/session';

/** Begins to sign in by an OpenID Connect provider: answers where the page is to send the browser. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin('POST', request.headers)) return crossOriginProblem();
  const body: unknown = await request.json().catch(() => null);
  if (typeof body !== 'object' || body === null || !('provider' in body) || typeof body.provider !== 'string')
    return invalidProblem('The name of a provider is needed.', '/provider');
  try {
    const { data, error, response } = await apiFor({ headers: request.headers }).POST('/v1/sign-in/oidc', {
      body: { provider: body.provider },
    });
    if (!data) return passProblem(error, response);
    await beginFlow(data.flow, request);
    return Response.json({ authorizationUrl: data.authorizationUrl });
  } catch {
    return unreachableProblem();
  }
}
