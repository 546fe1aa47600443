import type { Condition, HostRegistration } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { ListQuery } from '../http/list.dto';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import type { HostDto, HostPageDto } from './host.dto';

export interface HostRow extends ObjectRow {
  conditions: Condition[];
  facts: HostRegistration | null;
  last_seen_at: Date | null;
  is_alive: boolean;
}

/** Reading hosts. */
@Injectable()
export class HostQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<HostDto[]> {
    return ids.length === 0 ? [] : (await reader.query<HostRow>('SELECT * FROM host WHERE id = ANY ($1::uuid[])', [ids])).map(toHostDto);
  }

  async rowByReference(
    tenantId: string,
    ref: string,
    reader: Pick<Transaction, 'query'> = this.database,
    lock = false,
  ): Promise<HostRow | undefined> {
    const { names, ids } = splitReferences([ref]);
    const sql = 'SELECT * FROM host WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))';
    return findByReference(await reader.query<HostRow>(lock ? `${sql} FOR UPDATE` : sql, [tenantId, names, ids]), ref);
  }

  /** Some of all hosts of a tenant, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<HostDto[]> {
    return (
      await reader.query<HostRow>('SELECT * FROM host WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3', [tenantId, afterId, limit])
    ).map(toHostDto);
  }

  async list(tenantId: string, query: ListQuery): Promise<HostPageDto> {
    const page = new PageQuery('host', tenantId, query);
    const { rows, nextCursor } = page.page(
      await this.database.queryOnce<HostRow & { sort_key: string }>(
        `SELECT h.*, ${page.sortKey('h')} FROM (${page.rows}) h ${page.order('h')}`,
        page.values,
      ),
    );
    return { items: rows.map(toHostDto), nextCursor };
  }
}

export function toHostDto(row: HostRow): HostDto {
  return {
    metadata: toMetadata(row),
    spec: {},
    status: {
      conditions: row.conditions,
      lastSeenAt: row.last_seen_at?.toISOString() ?? null,
      kernelRelease: row.facts?.kernelRelease ?? null,
      workerVersion: row.facts?.workerVersion ?? null,
      routes: row.facts?.routes ?? [],
      uplinkMtuBytes: row.facts?.uplinkMtuBytes ?? null,
      drivers: row.facts?.drivers ?? [],
      features: row.facts?.features ?? [],
      links: row.facts?.links ?? [],
      underlay: row.facts?.underlay ?? [],
    },
  };
}
