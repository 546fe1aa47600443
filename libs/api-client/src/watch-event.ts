import type { EventSourceMessage } from 'eventsource-parser';
import type { components } from './schema.gen';
import type { Endpoint, Host, Network, Probe, Sandbox } from './resources';

/** What is watched, by kind. */
export interface WatchedObjects {
  host: Host;
  network: Network;
  sandbox: Sandbox;
  endpoint: Endpoint;
  probe: Probe;
}

export type WatchedKind = keyof WatchedObjects & components['schemas']['WatchUpsert']['kind'];

/** An object as it is now, created or changed; `kind` tells which. */
export type Upsert = { [Kind in WatchedKind]: { type: 'upsert'; kind: Kind; object: WatchedObjects[Kind] } }[WatchedKind];

export type WatchEvent =
  /** All that is known is to be forgotten: everything follows, up to `in-sync`. */
  | { type: 'snapshot' }
  | Upsert
  | { type: 'delete'; kind: WatchedKind; id: string }
  /** What has been told so far is the whole truth of its moment. */
  | { type: 'in-sync' };

/** Reads one event of the watch. Throws SyntaxError or TypeError when it is none; null for events that this client does not know yet. */
export function parseWatchEvent({ event, data }: EventSourceMessage): WatchEvent | null {
  switch (event) {
    case 'snapshot':
    case 'in-sync':
      return { type: event };
    case 'upsert':
      return parseUpsert(JSON.parse(data));
    case 'delete':
      return parseDelete(JSON.parse(data));
    default:
      return null;
  }
}

function parseUpsert(message: unknown): Upsert | null {
  if (!isRecord(message)) throw new TypeError('The API sent an upsert without an object.');
  const { kind, object } = message;
  if (kind === 'host' && isResource<Host>(object)) return { type: 'upsert', kind, object };
  if (kind === 'network' && isResource<Network>(object)) return { type: 'upsert', kind, object };
  if (kind === 'sandbox' && isResource<Sandbox>(object)) return { type: 'upsert', kind, object };
  if (kind === 'endpoint' && isResource<Endpoint>(object)) return { type: 'upsert', kind, object };
  if (kind === 'probe' && isResource<Probe>(object)) return { type: 'upsert', kind, object };
  if (typeof kind === 'string' && !isKind(kind)) return null;
  throw new TypeError(`The API sent an upsert that is no ${String(kind)}.`);
}

function parseDelete(message: unknown): WatchEvent | null {
  if (!isRecord(message) || typeof message['id'] !== 'string') throw new TypeError('The API sent a delete without an id.');
  const { kind, id } = message;
  return isKind(kind) ? { type: 'delete', kind, id } : null;
}

const kinds: ReadonlySet<unknown> = new Set<WatchedKind>(['host', 'network', 'sandbox', 'endpoint', 'probe']);
const isKind = (kind: unknown): kind is WatchedKind => kinds.has(kind);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Tells an object of the API from a broken stream. Of what kind it is the message says; that the API keeps to its own document is the API's to
 * test, and not checked field by field for each of thousands of objects.
 */
function isResource<Resource extends { metadata: { id: string } }>(value: unknown): value is Resource {
  return (
    isRecord(value) &&
    isRecord(value['metadata']) &&
    typeof value['metadata']['id'] === 'string' &&
    isRecord(value['spec']) &&
    isRecord(value['status'])
  );
}
