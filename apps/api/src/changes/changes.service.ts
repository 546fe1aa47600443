import type { AccessVerb } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import { parseNumberCursor } from '../http/cursor';
import type { RequestContext } from '../http/request-context';
import { type ChangedKind, type ChangeDto, changedKinds, type ChangeListQuery, type ChangePageDto } from './change.dto';

interface ChangeRow extends Record<string, unknown> {
  id: string;
  at: Date;
  resource: ChangedKind;
  verb: AccessVerb;
  object_id: string | null;
  object: string | null;
  actor_kind: string;
  actor: string;
  request_id: string;
  method: string;
  path: string;
  before: object | null;
  after: object | null;
}

/** Of the objects of one tenant: what the audit has of changes that were made, without where they came from. */
@Injectable()
export class ChangesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The latest first. Throws NetyardError `unknown-parameter` for a cursor that cannot be read. */
  async list({ tenantId }: RequestContext, { kind, id, limit = 100, cursor }: ChangeListQuery): Promise<ChangePageDto> {
    const values: unknown[] = [tenantId, limit + 1];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [
      'tenant_id = $1',
      'status < 400',
      `verb <> 'read'`,
      `resource IN (${changedKinds.map((name) => `'${name}'`).join(', ')})`,
    ];
    if (kind !== undefined) conditions.push(`resource = ${bind(kind)}`);
    if (cursor !== undefined) conditions.push(`id < ${bind(parseNumberCursor(cursor))}::bigint`);
    const sql =
      id === undefined
        ? selectSql(conditions)
        : // Each half by an index of its own: a planner that is not to choose anew for each id would read all of the tenant's.
          `(${selectSql([...conditions, `coalesce(after, before) #>> '{metadata,id}' = ${bind(id.toLowerCase())}`])})
           UNION ALL (${selectSql([...conditions, `after ? 'items'`, `after -> 'items' @> ${bind(madeAmongOthers(id))}::jsonb`])})
           ORDER BY id DESC LIMIT $2`;
    // The audit is the deployment's, and its rows are chosen by tenant here.
    const rows = await acrossTenants(() => this.database.queryOnce<ChangeRow>(sql, values));
    const page = rows.slice(0, limit);
    return { items: page.map(toChangeDto), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }
}

const selectSql = (conditions: string[]): string =>
  `SELECT id, at, resource, verb, object, actor_kind, actor, request_id, method, path, before, after, coalesce(after, before) #>> '{metadata,id}' AS object_id
   FROM audit WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $2`;

const madeAmongOthers = (id: string): string => JSON.stringify([{ metadata: { id: id.toLowerCase() } }]);

const toChangeDto = (row: ChangeRow): ChangeDto => ({
  id: row.id,
  at: row.at.toISOString(),
  kind: row.resource,
  verb: row.verb,
  objectId: row.object_id,
  objectName: row.object,
  actor: { kind: row.actor_kind, name: row.actor },
  requestId: row.request_id,
  method: row.method,
  path: row.path,
  before: row.before,
  after: row.after,
});
