/** An answer in the form that the API's own errors have (RFC 9457), for what goes wrong before the API is reached. */
export function problemResponse(
  code: 'unauthenticated' | 'forbidden' | 'invalid-request' | 'unavailable',
  status: number,
  title: string,
  detail: string,
): Response {
  const body = { type: `/problems/${code}`, title, status, detail, retryable: code === 'unavailable', errors: [] };
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' } });
}

export const crossOriginProblem = (): Response =>
  problemResponse(
    'forbidden',
    403,
    'The token does not allow this',
    'This address answers only to pages of the dashboard itself; programs speak to the API.',
  );

export const signedOutProblem = (): Response =>
  problemResponse('unauthenticated', 401, 'A valid bearer token is needed', 'You are signed out. Sign in with a token of the API.');

export const unreachableProblem = (address: URL): Response =>
  problemResponse('unavailable', 503, 'A part that is needed cannot be reached', `The API at ${address.origin} does not answer.`);
