import { NetyardError, type ObjectKind } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { asSeenBy } from '../database/scope';
import type { RequestContext } from '../http/request-context';
import type { EventListQuery, EventPageDto } from './event.dto';

interface EventRow {
  id: string;
  kind: ObjectKind;
  object_id: string;
  object_name: string;
  type: 'Normal' | 'Warning';
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
  async list({ tenantId, seesDeployment }: RequestContext, { kind, id, limit = 100, cursor }: EventListQuery): Promise<EventPageDto> {
    const after = cursor === undefined ? null : parseCursor(cursor);
    // What happens to hosts is the deployment's to know.
    const rows = await asSeenBy({ tenantId, seesDeployment }, () =>
      this.database.query<EventRow>(
        `SELECT *, last_seen_at::text AS sort_key FROM event
       WHERE (tenant_id = $1 OR ($7 AND tenant_id IS NULL)) AND ($2::text IS NULL OR kind = $2) AND ($3::uuid IS NULL OR object_id = $3)
         AND ($4::timestamptz IS NULL OR last_seen_at < $4 OR (last_seen_at = $4 AND id > $5::uuid))
       ORDER BY last_seen_at DESC, id LIMIT $6`,
        [tenantId, kind ?? null, id ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1, seesDeployment],
      ),
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => ({
        id: row.id,
        kind: row.kind,
        objectId: row.object_id,
        objectName: row.object_name,
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
  const detail = 'the cursor is none that a list gave';
  throw new NetyardError('unknown-parameter', detail, [{ pointer: '?cursor', detail }]);
}
