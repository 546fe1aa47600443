import type { Condition, DesiredPort, EndpointId, PortId, PortProtocol } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import type { AllPortsQuery, PortDto, PortPageDto } from './port.dto';

interface PortView extends ObjectRow {
  conditions: Condition[];
  endpoint_name: string;
  host_name: string | null;
  protocol: PortProtocol;
  port: number;
  count: number;
  requested_host_port: number | null;
  host_port: number | null;
  host_address_text: string;
  allowed_sources: string[];
  service: string | null;
  address: string | null;
}

const viewSql = (rows: string, more = ''): string => `
  SELECT p.*, host(p.host_address) AS host_address_text, e.name AS endpoint_name, h.name AS host_name, a.address ${more}
  FROM (${rows}) p JOIN endpoint e ON e.id = p.endpoint_id LEFT JOIN host h ON h.id = p.host_id
  LEFT JOIN LATERAL (
    SELECT host(a.address) AS address FROM address a JOIN subnet s ON s.id = a.subnet_id WHERE a.endpoint_id = e.id AND family(a.address) = family(p.host_address) ORDER BY s.position LIMIT 1
  ) a ON true`;

const byIdsSql = viewSql('SELECT * FROM port WHERE id = ANY ($1::uuid[])');
const byReferenceSql = viewSql('SELECT * FROM port WHERE endpoint_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))');
const someSql = viewSql('SELECT * FROM port WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3');

const desiredSql = `
  SELECT id, generation, name, deletion_requested_at IS NOT NULL AS deleted, endpoint_id AS "endpointId", protocol, port, host_port AS "hostPort", count, host(host_address) AS "hostAddress",
    allowed_sources AS "allowedSources", service
  FROM port WHERE host_id = $1`;

type DesiredRow = Omit<DesiredPort, 'kind' | 'id' | 'endpointId'> & { id: string; endpointId: string };

/** Reading published ports, for the API and for workers. */
@Injectable()
export class PortQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<PortDto[]> {
    return ids.length === 0 ? [] : (await reader.query<PortView>(byIdsSql, [ids])).map(toPortDto);
  }

  async byReference(endpointId: string, ref: string): Promise<PortDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(await this.database.query<PortView>(byReferenceSql, [endpointId, names, ids]), ref);
    return row && toPortDto(row);
  }

  /** Some of all ports of a tenant, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<PortDto[]> {
    return (await reader.query<PortView>(someSql, [tenantId, afterId, limit])).map(toPortDto);
  }

  async list(tenantId: string, query: AllPortsQuery): Promise<PortPageDto> {
    const page = new PageQuery('port', tenantId, query);
    page.whereRefers('endpoint_id', 'endpoint', query.endpoint);
    page.whereRefers('host_id', 'host', query.host);
    if (query.protocol) page.where(`protocol = ANY (${page.bind(query.protocol)})`);
    const sql = `${viewSql(page.rows, `, ${page.sortKey('p')}`)} ${page.order('p')}`;
    const { rows, nextCursor } = page.page(await this.database.queryOnce<PortView & { sort_key: string }>(sql, page.values));
    return { items: rows.map(toPortDto), nextCursor };
  }

  /** What a host is to publish; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredPort[]> {
    const rows =
      ids === null
        ? await reader.query<DesiredRow>(desiredSql, [hostId])
        : await reader.query<DesiredRow>(`${desiredSql} AND id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map((row) => ({ ...row, kind: 'port', id: row.id as PortId, endpointId: row.endpointId as EndpointId }));
  }
}

const toPortDto = (row: PortView): PortDto => ({
  metadata: toMetadata(row),
  spec: {
    endpoint: row.endpoint_name,
    protocol: row.protocol,
    port: row.port,
    endPort: row.port + row.count - 1,
    hostPort: row.requested_host_port,
    hostAddress: row.host_address_text,
    allowedSources: row.allowed_sources,
    service: row.service,
  },
  status: { conditions: row.conditions, host: row.host_name, hostPort: row.host_port, address: row.address },
});
