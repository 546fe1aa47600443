import { once } from 'node:events';
import type { AccessResource, AccessVerb } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import { parseNumberCursor } from '../http/cursor';
import type { RequestContext } from '../http/request-context';
import type { AuditEntryDto, AuditFilter, AuditListQuery, AuditPageDto, Outcome } from './audit.dto';

interface AuditRow extends Record<string, unknown> {
  id: string;
  at: Date;
  tenant: string | null;
  actor_kind: string;
  actor_id: string | null;
  actor: string;
  source: string;
  request_id: string;
  method: string;
  path: string;
  resource: AccessResource | null;
  verb: AccessVerb | null;
  object: string | null;
  status: number;
  problem: string | null;
  detail: string | null;
  before: object | null;
  after: object | null;
}

const exportChunk = 1_000;

/** Reading what was done. Owners see what concerns their tenant; admins and auditors all of it. */
@Injectable()
export class AuditService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(context: RequestContext, { limit = 100, cursor, ...filter }: AuditListQuery): Promise<AuditPageDto> {
    const rows = await this.#read(context, filter, limit + 1, cursor === undefined ? undefined : parseNumberCursor(cursor));
    const page = rows.slice(0, limit);
    return { items: page.map(toAuditDto), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  /** One entry a line, the latest first, no faster than the client reads. */
  async export(context: RequestContext, filter: AuditFilter, response: Response): Promise<void> {
    response.status(200).set({
      'Content-Type': 'application/x-ndjson',
      'Cache-Control': 'no-store',
      'Content-Disposition': 'attachment; filename="audit.ndjson"',
    });
    const closed = new AbortController();
    response.once('close', () => closed.abort());
    let rows = await this.#read(context, filter, exportChunk);
    while (rows.length > 0 && !response.destroyed) {
      const text = rows.map((row) => `${JSON.stringify(toAuditDto(row))}\n`).join('');
      if (!response.write(text)) await once(response, 'drain', { signal: closed.signal }).catch(() => undefined);
      rows = rows.length < exportChunk ? [] : await this.#read(context, filter, exportChunk, rows.at(-1)?.id);
    }
    response.end();
  }

  #read({ tenantId, seesDeployment }: RequestContext, filter: AuditFilter, limit: number, before?: string): Promise<AuditRow[]> {
    const values: unknown[] = [];
    const conditions = ['true'];
    const where = (condition: (placeholder: string) => string, value: unknown): void => {
      if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
    };
    where((id) => `tenant_id = ${id}`, seesDeployment ? undefined : tenantId);
    where((name) => `tenant = ${name}`, filter.tenant);
    where((name) => `actor = ${name}`, filter.actor);
    where((resource) => `resource = ${resource}`, filter.resource);
    where((verb) => `verb = ${verb}`, filter.verb);
    where((object) => `object = ${object}`, filter.object);
    where((time) => `at >= ${time}::timestamptz`, filter.since);
    where((time) => `at < ${time}::timestamptz`, filter.until);
    where((id) => `id < ${id}::bigint`, before);
    if (filter.outcome) conditions.push(outcomeConditions[filter.outcome]);
    const sql = `SELECT * FROM audit WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ${limit}`;
    return acrossTenants(() => this.database.queryOnce<AuditRow>(sql, values));
  }
}

const outcomeConditions: Record<Outcome, string> = { done: 'status < 400', refused: 'status BETWEEN 400 AND 499', failed: 'status >= 500' };

const outcomeOf = (status: number): Outcome => (status < 400 ? 'done' : status < 500 ? 'refused' : 'failed');

const toAuditDto = (row: AuditRow): AuditEntryDto => ({
  id: row.id,
  at: row.at.toISOString(),
  tenant: row.tenant,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor },
  source: row.source,
  requestId: row.request_id,
  method: row.method,
  path: row.path,
  resource: row.resource,
  verb: row.verb,
  object: row.object,
  outcome: outcomeOf(row.status),
  status: row.status,
  problem: row.problem,
  detail: row.detail,
  before: row.before,
  after: row.after,
});
