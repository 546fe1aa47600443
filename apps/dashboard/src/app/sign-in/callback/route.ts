import { parseProblem } from '@netyard/api-client';
import { paths } from '../../../paths';
import { apiFor } from '../../../server/api';
import { startSession, takeFlow, tellSignInProblem } from '../../../server/session';

/** Where a provider sends the browser back to. The API checks what came with it against what was begun in this browser. */
export async function GET(request: Request): Promise<Response> {
  const flow = await takeFlow();
  if (flow === undefined) return refused('That sign-in was not begun in this browser, or too long ago. Try again.', request);
  try {
    const { data, error, response } = await apiFor({ headers: request.headers }).POST('/v1/sessions/oidc', {
      body: { flow, query: new URL(request.url).search.slice(1) },
    });
    if (!data?.token) return refused(parseProblem(error, response).message, request);
    await startSession(data.token, request);
    return goTo(paths.home);
  } catch {
    return refused('The API does not answer.', request);
  }
}

async function refused(text: string, request: Request): Promise<Response> {
  await tellSignInProblem(text, request);
  return goTo(paths.signIn);
}

/**
 * Leads on by a page of this site: a redirect would still be the provider's, and carry no cookie that is `SameSite=Strict`.
 * The address is one of ours; nothing of the request gets into it.
 */
const goTo = (path: string): Response =>
  new Response(`<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${path}"><title>Netyard</title>`, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  });
