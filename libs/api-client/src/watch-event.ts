import type { Endpoint, Host, Network, Sandbox } from './resources';

/** What is watched, by kind. */
export interface WatchedObjects {
  host: Host;
  network: Network;
  sandbox: Sandbox;
  endpoint: Endpoint;
}
export type WatchedKind = keyof WatchedObjects;

/** The object as it is now, created or changed. */
export type Upsert = { [Kind in WatchedKind]: { type: 'upsert'; kind: Kind; object: WatchedObjects[Kind] } }[WatchedKind];

export type WatchEvent =
  /** All that is known is to be forgotten: everything follows, up to `in-sync`. */
  | { type: 'snapshot' }
  | Upsert
  | { type: 'delete'; kind: WatchedKind; id: string }
  /** What has been told so far is the whole truth of its moment. */
  | { type: 'in-sync' };

export function parseWatchEvent(event: { event?: string | undefined; data: string }): WatchEvent {
  if (event.event === 'snapshot' || event.event === 'in-sync') return { type: event.event };
  const data = JSON.parse(event.data);
  if (event.event === 'delete') return { type: 'delete', kind: data.kind, id: data.id };
  return { type: 'upsert', kind: data.kind, object: data };
}
