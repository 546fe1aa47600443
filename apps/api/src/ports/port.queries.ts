import type { Condition, DesiredPort, EndpointId, PortId, PortProtocol, PortScope } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import { conditionsOn, type PortOnHost } from './published';
import { hostsOfPort } from './settle-ports';
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
  publish: PortScope;
  service: string | null;
  address: string | null;
  hosts: PortOnHost[];
}

const viewSql = (rows: string, more = ''): string => `
  SELECT p.*, host(p.host_address) AS host_address_text, e.name AS endpoint_name, h.name AS host_name, a.address, (${hostsOfPort}) AS hosts ${more}
  FROM (${rows}) p JOIN endpoint e ON e.id = p.endpoint_id LEFT JOIN host h ON h.id = p.host_id
  LEFT JOIN LATERAL (
    SELECT host(a.address) AS address FROM address a JOIN subnet s ON s.id = a.subnet_id WHERE a.endpoint_id = e.id AND family(a.address) = family(p.host_address) ORDER BY s.position LIMIT 1
  ) a ON true`;

const byIdsSql = viewSql('SELECT * FROM port WHERE id = ANY ($1::uuid[])');
const byReferenceSql = viewSql('SELECT * FROM port WHERE endpoint_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))');
const someSql = viewSql('SELECT * FROM port WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3');

const desiredSql = `
  SELECT p.id, p.generation, p.name, p.deletion_requested_at IS NOT NULL AS deleted, p.endpoint_id AS "endpointId", p.protocol, p.port, p.host_port AS "hostPort", p.count,
    host(p.host_address) AS "hostAddress", p.allowed_sources AS "allowedSources", p.service, CASE WHEN ph.router_id IS NOT NULL THEN ph.router_port END AS "routerPort"
  FROM port_host ph JOIN port p ON p.id = ph.port_id WHERE ph.host_id = $1 AND ph.refusal IS NULL`;

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
    if (query.host)
      page.where(
        `EXISTS (SELECT FROM port_host ph WHERE ph.port_id = port.id AND ph.refusal IS NULL AND ph.host_id IN (${page.referenced('host', query.host)}))`,
      );
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
        : await reader.query<DesiredRow>(`${desiredSql} AND ph.port_id = ANY ($2::uuid[])`, [hostId, ids]);
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
    publish: row.publish,
    allowedSources: row.allowed_sources,
    service: row.service,
  },
  status: {
    conditions: row.conditions,
    host: row.host_name,
    hosts: row.hosts.map((one) => ({ host: one.host, conditions: conditionsOn(one, row.created_at) })),
    hostPort: row.host_port,
    address: row.address,
  },
});
