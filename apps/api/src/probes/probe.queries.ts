import type { Condition, DesiredProbe, ProbeId, ProbeResult, ProbeSpec, SandboxId } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import type { ProbeDto, ProbeListQuery, ProbePageDto } from './probe.dto';

interface ProbeRow extends ObjectRow {
  sandbox_id: string;
  spec: ProbeSpec;
  conditions: Condition[];
  result: ProbeResult | null;
  error: string | null;
  finished_at: Date | null;
}

type DesiredRow = ProbeRow & { expires_at: Date };

const desiredSql = 'SELECT * FROM probe WHERE host_id = $1 AND finished_at IS NULL AND expires_at > now()';

/** Reading probes, for the API and for workers. */
@Injectable()
export class ProbeQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<ProbeDto[]> {
    return ids.length === 0 ? [] : (await reader.query<ProbeRow>('SELECT * FROM probe WHERE id = ANY ($1::uuid[])', [ids])).map(toProbeDto);
  }

  async byReference(tenantId: string, ref: string): Promise<ProbeDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(
      await this.database.query<ProbeRow>('SELECT * FROM probe WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))', [
        tenantId,
        names,
        ids,
      ]),
      ref,
    );
    return row && toProbeDto(row);
  }

  /** Some of all probes of a tenant, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<ProbeDto[]> {
    return (
      await reader.query<ProbeRow>('SELECT * FROM probe WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3', [tenantId, afterId, limit])
    ).map(toProbeDto);
  }

  async list(tenantId: string, query: ProbeListQuery): Promise<ProbePageDto> {
    const page = new PageQuery('probe', tenantId, query);
    page.whereRefers('sandbox_id', 'sandbox', query.sandbox);
    if (query.kind) page.where(`spec ->> 'kind' = ANY (${page.bind(query.kind)})`);
    const { rows, nextCursor } = page.page(
      await this.database.queryOnce<ProbeRow & { sort_key: string }>(
        `SELECT p.*, ${page.sortKey('p')} FROM (${page.rows}) p ${page.order('p')}`,
        page.values,
      ),
    );
    return { items: rows.map(toProbeDto), nextCursor };
  }

  /** What a host is still to run; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredProbe[]> {
    const rows =
      ids === null
        ? await reader.query<DesiredRow>(desiredSql, [hostId])
        : await reader.query<DesiredRow>(`${desiredSql} AND id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map((row) => ({
      kind: 'probe',
      id: row.id as ProbeId,
      generation: row.generation,
      name: row.name,
      deleted: false,
      sandboxId: row.sandbox_id as SandboxId,
      expiresAt: row.expires_at.toISOString(),
      spec: row.spec,
    }));
  }
}

function toProbeDto(row: ProbeRow): ProbeDto {
  return {
    metadata: toMetadata(row),
    spec: row.spec,
    status: { conditions: row.conditions, result: row.result, error: row.error, finishedAt: row.finished_at?.toISOString() ?? null },
  };
}
