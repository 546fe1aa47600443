import type { EventSourceMessage } from 'eventsource-parser';
import type { components } from './schema.gen';

/** An object as the watch tells it: as everywhere else, and its kind. */
export type WatchedObject = components['schemas']['WatchUpsert'];
export type WatchedKind = WatchedObject['kind'];
/** What is watched, by kind. */
export type WatchedObjects = { [Kind in WatchedKind]: Extract<WatchedObject, { kind: Kind }> };

export type WatchEvent =
  /** All that is known is to be forgotten: everything follows, up to `in-sync`. */
  | { type: 'snapshot' }
  /** The object as it is now, created or changed. */
  | { type: 'upsert'; object: WatchedObject }
  | { type: 'delete'; kind: WatchedKind; id: string }
  /** What has been told so far is the whole truth of its moment. */
  | { type: 'in-sync' };

/** Reads one event of the watch. Throws SyntaxError or TypeError when it is none; null for what this client does not know yet. */
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

function parseUpsert(object: unknown): WatchEvent | null {
  if (isRecord(object) && typeof object['kind'] === 'string' && !isKind(object['kind'])) return null;
  if (!isWatchedObject(object)) throw new TypeError('The API sent an upsert without an object.');
  return { type: 'upsert', object };
}

function parseDelete(message: unknown): WatchEvent | null {
  if (!isRecord(message) || typeof message['id'] !== 'string') throw new TypeError('The API sent a delete without an id.');
  const { kind, id } = message;
  return isKind(kind) ? { type: 'delete', kind, id } : null;
}

const kinds: ReadonlySet<unknown> = new Set<WatchedKind>(['host', 'router', 'network', 'sandbox', 'endpoint', 'port', 'policy', 'probe']);
const isKind = (kind: unknown): kind is WatchedKind => kinds.has(kind);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Tells an object of the API from a broken stream. That the API keeps to its own document is the API's to test, and not checked field by field
 * for each of thousands of objects.
 */
function isWatchedObject(value: unknown): value is WatchedObject {
  return (
    isRecord(value) &&
    isKind(value['kind']) &&
    isRecord(value['metadata']) &&
    typeof value['metadata']['id'] === 'string' &&
    isRecord(value['spec']) &&
    isRecord(value['status'])
  );
}
