import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const acceptable = /^[\w.:-]{1,128}$/;
const ids = new WeakMap<IncomingMessage, string>();

/** By which the log knows a request: the client's `X-Request-Id` where it is a sensible one, else one of ours. */
export function requestIdOf(request: IncomingMessage): string {
  const raw = 'raw' in request ? (request.raw as IncomingMessage) : request;
  const known = ids.get(raw);
  if (known !== undefined) return known;
  const given = raw.headers['x-request-id'];
  const id = typeof given === 'string' && acceptable.test(given) ? given : randomUUID();
  ids.set(raw, id);
  return id;
}
