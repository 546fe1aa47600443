import type { ObjectKind } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { asSeenBy } from '../database/scope';
import { badCursor } from '../http/cursor';
import type { RequestContext } from '../http/request-context';
import type { EventListQuery, EventPageDto, EventType } from './event.dto';

interface EventRow extends Record<string, unknown> {
  id: string;
  kind: ObjectKind;
  object_id: string;
  object_name: string;
  host_name: string | null;
  type: EventType;
  reason: string;
  message: string;
  count: number;
  first_seen_at: Date;
  last_seen_at: Date;
  sort_key: string;
}

@Injectable()
export class EventsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The latest first. An event that repeats while one pages moves to the front and may be seen again. */
  async list({ tenantId, seesDeployment }: RequestContext, { limit = 100, cursor, ...filter }: EventListQuery): Promise<EventPageDto> {
    const values: unknown[] = [tenantId, limit + 1];
    // What happens to hosts is the deployment's to know.
    const conditions = [seesDeployment ? '(tenant_id = $1 OR tenant_id IS NULL)' : 'tenant_id = $1'];
    const where = (condition: (placeholder: string) => string, value: unknown): void => {
      if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
    };
    where((kinds) => `kind = ANY (${kinds})`, filter.kind);
    where((id) => `object_id = ${id}`, filter.id);
    where((name) => `object_name = ${name}`, filter.name);
    where((type) => `type = ${type}`, filter.type);
    where(
      (host) => `EXISTS (SELECT FROM host h WHERE (h.name = ${host} OR h.id::text = ${host}) AND h.id IN (event.host_id, event.object_id))`,
      filter.host,
    );
    where((reasons) => `reason = ANY (${reasons})`, filter.reason);
    where((time) => `last_seen_at >= ${time}::timestamptz`, filter.since);
    where((time) => `last_seen_at < ${time}::timestamptz`, filter.until);
    if (cursor !== undefined) {
      const [time, id] = parseCursor(cursor).map((part) => `$${values.push(part)}`);
      conditions.push(`(last_seen_at < ${time}::timestamptz OR (last_seen_at = ${time}::timestamptz AND id > ${id}::uuid))`);
    }
    const sql = `SELECT *, last_seen_at::text AS sort_key, (SELECT h.name FROM host h WHERE h.id = host_id) AS host_name FROM event WHERE ${conditions.join(' AND ')} ORDER BY last_seen_at DESC, id LIMIT $2`;
    const rows = await asSeenBy({ tenantId, seesDeployment }, () => this.database.queryOnce<EventRow>(sql, values));
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => ({
        id: row.id,
        kind: row.kind,
        objectId: row.object_id,
        objectName: row.object_name,
        host: row.host_name,
        type: row.type,
        reason: row.reason,
        message: row.message,
        count: row.count,
        firstSeenAt: row.first_seen_at.toISOString(),
        lastSeenAt: row.last_seen_at.toISOString(),
      })),
      nextCursor: rows.length > limit && last ? Buffer.from(JSON.stringify([last.sort_key, last.id])).toString('base64url') : null,
    };
  }
}

function parseCursor(cursor: string): [string, string] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(parsed) &&
      typeof parsed[0] === 'string' &&
      !Number.isNaN(Date.parse(parsed[0])) &&
      /^[0-9a-f-]{36}$/.test(String(parsed[1]))
    )
      return [parsed[0], String(parsed[1])];
  } catch {
    // Said below.
  }
  throw badCursor();
}
