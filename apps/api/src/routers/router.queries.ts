import type { Condition, DesiredRouter, RouterId, RouterUplink } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import type { RouterDto, RouterListQuery, RouterPageDto } from './router.dto';
import { standsIn } from './router-placement';

interface RouterView extends ObjectRow, RouterUplink {
  conditions: Condition[];
  networks: string[];
}

/** The two ends of the pairs: of each the first address is the host's. */
const uplinkSql = `
  ARRAY[r.uplink_ipv4::text, r.uplink_ipv6::text] AS "hostAddresses", ARRAY[(r.uplink_ipv4::inet + 1)::text, (r.uplink_ipv6::inet + 1)::text] AS addresses`;

const viewSql = (rows: string, more = ''): string => `
  SELECT r.*, ${uplinkSql}, ARRAY(SELECT n.name FROM network_host nh JOIN network n ON n.id = nh.network_id WHERE ${standsIn('nh.host_id')} ORDER BY n.name) AS networks ${more}
  FROM (${rows}) r`;

const byIdsSql = viewSql('SELECT * FROM router WHERE id = ANY ($1::uuid[])');
const byReferenceSql = viewSql('SELECT * FROM router WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))');
const someSql = viewSql('SELECT * FROM router WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3');

const desiredSql = `
  SELECT r.id, r.generation, t.name, r.deletion_requested_at IS NOT NULL AS deleted, ${uplinkSql}
  FROM router r JOIN tenant t ON t.id = r.tenant_id WHERE r.host_id = $1`;

type DesiredRow = Pick<RouterView, 'id' | 'generation' | 'name' | 'hostAddresses' | 'addresses'> & { deleted: boolean };

/** Reading routers, for the API and for workers. */
@Injectable()
export class RouterQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<RouterDto[]> {
    return ids.length === 0 ? [] : (await reader.query<RouterView>(byIdsSql, [ids])).map(toRouterDto);
  }

  async byReference(tenantId: string, ref: string): Promise<RouterDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(await this.database.query<RouterView>(byReferenceSql, [tenantId, names, ids]), ref);
    return row && toRouterDto(row);
  }

  /** Some of all routers of a tenant, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<RouterDto[]> {
    return (await reader.query<RouterView>(someSql, [tenantId, afterId, limit])).map(toRouterDto);
  }

  async list(tenantId: string, query: RouterListQuery): Promise<RouterPageDto> {
    const page = new PageQuery('router', tenantId, query);
    page.whereRefers('host_id', 'host', query.host);
    const sql = `${viewSql(page.rows, `, ${page.sortKey('r')}`)} ${page.order('r')}`;
    const { rows, nextCursor } = page.page(await this.database.queryOnce<RouterView & { sort_key: string }>(sql, page.values));
    return { items: rows.map(toRouterDto), nextCursor };
  }

  /** What a host is to realise; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredRouter[]> {
    const rows =
      ids === null
        ? await reader.query<DesiredRow>(desiredSql, [hostId])
        : await reader.query<DesiredRow>(`${desiredSql} AND r.id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map(({ id, generation, name, deleted, hostAddresses, addresses }) => ({
      kind: 'router',
      id: id as RouterId,
      generation,
      name,
      deleted,
      uplink: { hostAddresses, addresses },
    }));
  }
}

const toRouterDto = (row: RouterView): RouterDto => ({
  metadata: toMetadata(row),
  spec: { host: row.name },
  status: {
    conditions: row.conditions,
    hostAddresses: row.hostAddresses,
    addresses: row.addresses,
    networks: row.networks,
  },
});
