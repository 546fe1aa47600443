import { apiAddress } from './api-address';

interface Problem {
  code: 'unauthenticated' | 'forbidden' | 'invalid-request' | 'unavailable';
  status: number;
  title: string;
  detail: string;
  /** JSON pointer of the field that is wrong. */
  pointer?: string;
}

/** An answer in the form that the API's own errors have (RFC 9457), for what goes wrong before the API is reached. */
function problemResponse({ code, status, title, detail, pointer }: Problem): Response {
  const errors = pointer === undefined ? [] : [{ pointer, detail }];
  return answer({ type: `/problems/${code}`, title, status, detail, retryable: code === 'unavailable', errors }, status);
}

const answer = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' } });

/** A refusal of the API, as it is. */
export function passProblem(body: unknown, { status, headers }: Response): Response {
  const passed = answer(body ?? {}, status);
  const retryAfter = headers.get('retry-after');
  if (retryAfter !== null) passed.headers.set('Retry-After', retryAfter);
  return passed;
}

export const invalidProblem = (detail: string, pointer: string): Response =>
  problemResponse({ code: 'invalid-request', status: 400, title: 'The request is not valid', detail, pointer });

export const crossOriginProblem = (): Response =>
  problemResponse({
    code: 'forbidden',
    status: 403,
    title: 'The token does not allow this',
    detail: 'This address answers only to pages of the dashboard itself; programs speak to the API.',
  });

export const signedOutProblem = (): Response =>
  problemResponse({
    code: 'unauthenticated',
    status: 401,
    title: 'A valid bearer token is needed',
    detail: 'You are signed out. Sign in again.',
  });

export const unreachableProblem = (): Response =>
  problemResponse({
    code: 'unavailable',
    status: 503,
    title: 'A part that is needed cannot be reached',
    detail: `The API at ${apiAddress().origin} does not answer.`,
  });
