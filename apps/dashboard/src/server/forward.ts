import { apiAddress } from './api-address';
import { crossOriginProblem, signedOutProblem, unreachableProblem } from './problem';
import { isSameOrigin } from './same-origin';
import { tellSender } from './api';
import { chosenTenant, sessionToken } from './session';

const requestHeaders = [
  'accept',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'netyard-tenant',
  'prefer',
  'traceparent',
  'x-request-id',
];

const responseHeaders = [
  'content-disposition',
  'content-type',
  'etag',
  'idempotent-replayed',
  'link',
  'location',
  'preference-applied',
  'retry-after',
  'x-request-id',
];

/** Passes a request of the page on to the API with the session's token, and streams the answer back, server-sent events included. */
export async function forward(request: Request): Promise<Response> {
  if (!isSameOrigin(request.method, request.headers)) return crossOriginProblem();
  const token = await sessionToken();
  if (!token) return signedOutProblem();
  const address = apiAddress();
  const upstream = new Headers({ authorization: `Bearer ${token}` });
  copyHeaders(requestHeaders, request.headers, upstream);
  tellSender(request.headers, upstream);
  // Pages name the tenant that they show; links that browsers follow by themselves cannot.
  const tenant = await chosenTenant();
  if (tenant !== undefined && !upstream.has('netyard-tenant')) upstream.set('netyard-tenant', tenant);
  try {
    const answer = await fetch(apiTarget(request.url, address), {
      method: request.method,
      headers: upstream,
      body: request.body,
      // A body that is a stream is sent while it arrives; fetch wants to be told so.
      ...(request.body ? { duplex: 'half' as const } : {}),
      redirect: 'manual',
      cache: 'no-store',
      signal: request.signal,
    });
    // no-transform keeps the server from compressing, and thereby holding back, a stream of events.
    const headers = new Headers({ 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' });
    copyHeaders(responseHeaders, answer.headers, headers);
    return new Response(isEventStream(answer) ? endingQuietly(answer.body) : answer.body, { status: answer.status, headers });
  } catch {
    return unreachableProblem();
  }
}

const isEventStream = (answer: Response): boolean => answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;

/**
 * A stream that ends where the API's breaks off: a stream of events has no end of its own, and whoever follows it connects again. Other
 * bodies are passed as they are, so that half of one is never taken for a whole.
 */
function endingQuietly(body: ReadableStream<Uint8Array> | null): ReadableStream<Uint8Array> | null {
  const reader = body?.getReader();
  if (!reader) return null;
  return new ReadableStream({
    async pull(controller) {
      const chunk = await reader.read().catch(() => null);
      if (chunk?.value) controller.enqueue(chunk.value);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** `/api/v1/x?y` of the dashboard is `/v1/x?y` of the API; the path goes over as it was written, percent-encoding included. */
function apiTarget(requestUrl: string, address: URL): URL {
  const { pathname, search } = new URL(requestUrl);
  return new URL(`${address.pathname.replace(/\/$/, '')}${pathname.replace(/^\/api/, '')}${search}`, address);
}

function copyHeaders(names: readonly string[], from: Headers, to: Headers): void {
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) to.set(name, value);
  }
}
