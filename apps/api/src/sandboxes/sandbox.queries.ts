import {
  type Condition,
  type DesiredSandbox,
  type DnsSettings,
  type SandboxId,
  type SandboxNamespace,
  sandboxNamespaceName,
} from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import type { SandboxDto, SandboxListQuery, SandboxPageDto } from './sandbox.dto';

interface SandboxView extends ObjectRow {
  namespace: SandboxNamespace;
  dns: DnsSettings;
  resolv_conf_path: string | null;
  conditions: Condition[];
  host_name: string;
  next_host_name: string | null;
  endpoints: string[];
}

const viewSql = (rows: string, more = ''): string => `
  SELECT s.*, h.name AS host_name, next.name AS next_host_name, ARRAY(SELECT e.name FROM endpoint e WHERE e.sandbox_id = s.id ORDER BY e.joined_at, e.id) AS endpoints ${more}
  FROM (${rows}) s JOIN host h ON h.id = s.host_id LEFT JOIN host next ON next.id = s.next_host_id`;

const byIdsSql = viewSql('SELECT * FROM sandbox WHERE id = ANY ($1::uuid[])');
const byReferenceSql = viewSql('SELECT * FROM sandbox WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))');
const someSql = viewSql('SELECT * FROM sandbox WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3');

const desiredSql =
  'SELECT id, generation, name, namespace, dns, resolv_conf_path AS "resolvConfPath", (deletion_requested_at IS NOT NULL OR next_host_id IS NOT NULL) AS deleted FROM sandbox WHERE host_id = $1 AND NOT gone';

interface DesiredRow extends Pick<SandboxView, 'id' | 'generation' | 'name' | 'namespace' | 'dns'> {
  resolvConfPath: string | null;
  deleted: boolean;
}

/** Reading sandboxes, for the API and for workers. */
@Injectable()
export class SandboxQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<SandboxDto[]> {
    return ids.length === 0 ? [] : (await reader.query<SandboxView>(byIdsSql, [ids])).map(toSandboxDto);
  }

  async byReference(tenantId: string, ref: string): Promise<SandboxDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(await this.database.query<SandboxView>(byReferenceSql, [tenantId, names, ids]), ref);
    return row && toSandboxDto(row);
  }

  /** Some of all sandboxes of a tenant, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<SandboxDto[]> {
    return (await reader.query<SandboxView>(someSql, [tenantId, afterId, limit])).map(toSandboxDto);
  }

  async list(tenantId: string, query: SandboxListQuery): Promise<SandboxPageDto> {
    const page = new PageQuery('sandbox', tenantId, query);
    page.whereRefers('host_id', 'host', query.host);
    const sql = `${viewSql(page.rows, `, ${page.sortKey('s')}`)} ${page.order('s')}`;
    const { rows, nextCursor } = page.page(await this.database.queryOnce<SandboxView & { sort_key: string }>(sql, page.values));
    return { items: rows.map(toSandboxDto), nextCursor };
  }

  /** What a host is to realise; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredSandbox[]> {
    const rows =
      ids === null
        ? await reader.query<DesiredRow>(desiredSql, [hostId])
        : await reader.query<DesiredRow>(`${desiredSql} AND id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map(({ id, ...row }) => ({ kind: 'sandbox', id: id as SandboxId, ...row }));
  }
}

function namespacePath(id: string, namespace: SandboxNamespace): string | null {
  switch (namespace.type) {
    case 'managed':
      return `/run/netns/${sandboxNamespaceName(id)}`;
    case 'host':
      return null;
    case 'adopted':
      return 'path' in namespace ? namespace.path : `/proc/${namespace.pid}/ns/net`;
  }
}

function toSandboxDto(row: SandboxView): SandboxDto {
  return {
    metadata: toMetadata(row),
    spec: { host: row.next_host_name ?? row.host_name, namespace: row.namespace, dns: row.dns, resolvConfPath: row.resolv_conf_path },
    status: {
      conditions: row.conditions,
      host: row.host_name,
      namespacePath: namespacePath(row.id, row.namespace),
      endpoints: row.endpoints,
    },
  };
}
