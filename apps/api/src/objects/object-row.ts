import { type ErrorCode, NetyardError, type ObjectKind } from '@netyard/contracts';
import type { QueryResultRow } from 'pg';
import { v7 } from 'uuid';
import type { CreateMetadataDto, MetadataDto } from '../http/metadata.dto';
import type { RequestContext } from '../http/request-context';

/** Columns that everything has that is called by a name. */
export interface NamedRow extends QueryResultRow {
  id: string;
  name: string;
  labels: Record<string, string>;
  created_at: Date;
  generation: number;
  resource_version: string;
  deletion_requested_at: Date | null;
}

/** Columns that every object of a tenant has. */
export interface ObjectRow extends NamedRow {
  tenant_id: string;
}

export const toMetadata = (row: NamedRow): MetadataDto => ({
  id: row.id,
  name: row.name,
  labels: row.labels,
  createdAt: row.created_at.toISOString(),
  generation: row.generation,
  resourceVersion: row.resource_version,
  deletionRequestedAt: row.deletion_requested_at?.toISOString() ?? null,
});

/** An id whose time comes first (RFC 9562 version 7): rows of one time lie together. */
export const newId = (): string => v7();

const prefixes: Record<ObjectKind | 'tenant' | 'user' | 'token', string> = {
  host: 'host',
  router: 'router',
  network: 'net',
  sandbox: 'sandbox',
  endpoint: 'ep',
  port: 'port',
  policy: 'policy',
  probe: 'probe',
  tenant: 'tenant',
  user: 'user',
  token: 'token',
};

/** The id, name and labels of an object that is to be made. */
export function newMetadata(
  kind: keyof typeof prefixes,
  metadata: CreateMetadataDto | undefined,
): { id: string; name: string; labels: Record<string, string> } {
  const id = newId();
  return { id, name: metadata?.name ?? `${prefixes[kind]}-${id.replaceAll('-', '').slice(-12)}`, labels: metadata?.labels ?? {} };
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Splits references into what may be ids and what may be names: a name may look like an id. */
export const splitReferences = (refs: string[]): { names: string[]; ids: string[] } => ({
  names: refs,
  ids: refs.filter((ref) => uuidPattern.test(ref)),
});

/** Finds the row that a reference means; an id comes before a name. */
export const findByReference = <Row extends { id: string; name: string }>(rows: Row[], ref: string): Row | undefined =>
  rows.find(({ id }) => id === ref.toLowerCase()) ?? rows.find(({ name }) => name === ref);

/** What has a name without being told by watches and feeds. */
export type TenancyKind = 'tenant' | 'user' | 'token' | 'member' | 'share';

export const notFound = (kind: ObjectKind | TenancyKind, ref: string): NetyardError =>
  new NetyardError('not-found', `there is no ${kind} ${ref}`);

export function unknownReference(kind: ObjectKind | TenancyKind, ref: string, pointer: string): NetyardError {
  const detail = `there is no ${kind} ${ref}`;
  return new NetyardError('unknown-reference', detail, [{ pointer, detail }]);
}

export function fieldError(code: ErrorCode, detail: string, pointer: string): NetyardError {
  return new NetyardError(code, detail, [{ pointer, detail }]);
}

export const etagOf = (resourceVersion: string): string => `"${resourceVersion}"`;

/** Throws unless the object is as the request's `If-Match` says. */
export function assertVersion(
  { ifMatch }: RequestContext,
  kind: ObjectKind | TenancyKind,
  row: { name: string; resource_version: string },
): void {
  if (ifMatch === null || ifMatch.includes('*') || ifMatch.includes(row.resource_version)) return;
  throw new NetyardError('precondition-failed', `${kind} ${row.name} has changed: its resource version is ${row.resource_version}`, [], {
    etag: etagOf(row.resource_version),
  });
}

/** Throws when the object is on its way out. */
export function assertStaying(
  kind: ObjectKind,
  row: { name: string; deletion_requested_at: Date | string | null },
  pointer?: string,
): void {
  if (row.deletion_requested_at === null) return;
  const detail = `${kind} ${row.name} is being deleted`;
  throw new NetyardError('being-deleted', detail, pointer === undefined ? [] : [{ pointer, detail }]);
}

/** Where in the request an item of a bulk request is; nothing before the pointer of a single one. */
export type PointerTo = (index: number, pointer: string) => string;
export const singlePointer: PointerTo = (_, pointer) => pointer;
export const bulkPointer: PointerTo = (index, pointer) => `/items/${index}${pointer}`;

/** Merges labels; null removes one. */
export function mergeLabels(labels: Record<string, string>, patch: Record<string, string | null> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...labels, ...patch }).filter((entry): entry is [string, string] => entry[1] !== null));
}
