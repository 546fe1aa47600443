import {
  type Condition,
  type DesiredEndpoint,
  type DriverName,
  type EndpointId,
  type Lease,
  type NetworkId,
  type SandboxId,
  vethLinkName,
} from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { describeDriver } from '../drivers/driver-options';
import { withPeers, withPorts, withUniqueLease } from '../objects/conditions';
import { awaitedHosts } from '../overlay/peer-reports';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import type { EndpointDto, EndpointListQuery, EndpointPageDto, EndpointPortDto } from './endpoint.dto';

interface EndpointView extends ObjectRow {
  conditions: Condition[];
  requested_addresses: string[];
  requested_mac_address: string | null;
  requested_interface_name: string | null;
  mac_address: string | null;
  interface_name: string | null;
  gateway_priority: number;
  aliases: string[];
  ingress_mbps: number | null;
  egress_mbps: number | null;
  spoofing_guard: boolean;
  joined_at: Date | null;
  network_name: string;
  driver: DriverName;
  sandbox_name: string | null;
  host_name: string | null;
  addresses: string[] | null;
  gateways: string[] | null;
  lease: Lease | null;
  /** Other endpoints of the network that have been leased the same address; null when there are none. */
  lease_sharers: string | null;
  ports: EndpointPortDto[];
  /** What one that is not published says; null when all are. */
  unready_port: string | null;
  is_peer: boolean;
  /** Hosts of the network that do not reach it yet, and why; null when all do. */
  unreached: string | null;
}

const portsShown = 100;

const viewSql = (rows: string, more = ''): string => `
  SELECT e.*, CASE WHEN n.tenant_id = e.tenant_id THEN n.name ELSE n.id::text END AS network_name, n.driver, s.name AS sandbox_name, h.name AS host_name, a.addresses, a.gateways, l.lease, d.lease_sharers, p.ports, u.unready_port, r.unreached ${more}
  FROM (${rows}) e JOIN network n ON n.id = e.network_id LEFT JOIN sandbox s ON s.id = coalesce(e.sandbox_id, e.returns_to) LEFT JOIN host h ON h.id = e.host_id
  LEFT JOIN LATERAL (
    SELECT array_agg(host(a.address) || '/' || masklen(u.cidr) ORDER BY u.position) AS addresses, array_agg(host(u.gateway) ORDER BY u.position) FILTER (WHERE u.gateway IS NOT NULL) AS gateways
    FROM address a JOIN subnet u ON u.id = a.subnet_id WHERE a.endpoint_id = e.id
  ) a ON true
  LEFT JOIN lease l ON l.endpoint_id = e.id
  LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT coalesce(o.name, 'an endpoint of another tenant'), ', ' ORDER BY coalesce(o.name, 'an endpoint of another tenant')) AS lease_sharers
    FROM lease other LEFT JOIN endpoint o ON o.id = other.endpoint_id AND o.tenant_id = e.tenant_id
    WHERE other.network_id = l.network_id AND other.address = l.address AND other.endpoint_id <> l.endpoint_id
  ) d ON true
  LEFT JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'protocol', f.protocol, 'port', f.port, 'endPort', f.port + f.count - 1,
      'hostAddress', host(f.host_address), 'hostPort', f.host_port, 'ready', f.is_ready) ORDER BY f.created_at, f.id), '[]') AS ports
    FROM (SELECT * FROM port WHERE endpoint_id = e.id ORDER BY created_at, id LIMIT ${portsShown}) f
  ) p ON true
  LEFT JOIN LATERAL (
    SELECT name || ': ' || coalesce(conditions -> 0 ->> 'message', '') AS unready_port FROM port WHERE endpoint_id = e.id AND NOT is_ready AND deletion_requested_at IS NULL LIMIT 1
  ) u ON true
  LEFT JOIN LATERAL (
    SELECT string_agg(h.name || coalesce(': ' || p.error, ''), ', ' ORDER BY h.name) AS unreached FROM ${awaitedHosts} AND e.is_peer AND e.sandbox_id IS NOT NULL
  ) r ON true`;

const byIdsSql = viewSql('SELECT * FROM endpoint WHERE id = ANY ($1::uuid[])');
const byReferenceSql = viewSql('SELECT * FROM endpoint WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))');
const someSql = viewSql('SELECT * FROM endpoint WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3');

const desiredSql = `
  SELECT e.id, e.generation, e.name, e.network_id, e.sandbox_id, e.mac_address, e.interface_name, e.gateway_priority, e.joined_at, e.created_at,
    e.labels, e.aliases, e.ingress_mbps, e.egress_mbps, e.spoofing_guard,
    e.deletion_requested_at IS NOT NULL AS deleted,
    ARRAY(SELECT host(a.address) || '/' || masklen(u.cidr) FROM address a JOIN subnet u ON u.id = a.subnet_id WHERE a.endpoint_id = e.id ORDER BY u.position) AS addresses
  FROM endpoint e WHERE e.host_id = $1`;

interface DesiredRow extends Pick<
  EndpointView,
  | 'id'
  | 'generation'
  | 'name'
  | 'labels'
  | 'mac_address'
  | 'interface_name'
  | 'gateway_priority'
  | 'aliases'
  | 'ingress_mbps'
  | 'egress_mbps'
  | 'spoofing_guard'
  | 'joined_at'
  | 'created_at'
> {
  network_id: string;
  sandbox_id: string | null;
  deleted: boolean;
  addresses: string[];
}

/** Reading endpoints, for the API and for workers. */
@Injectable()
export class EndpointQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<EndpointDto[]> {
    return ids.length === 0 ? [] : (await reader.query<EndpointView>(byIdsSql, [ids])).map(toEndpointDto);
  }

  async byReference(tenantId: string, ref: string): Promise<EndpointDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(await this.database.query<EndpointView>(byReferenceSql, [tenantId, names, ids]), ref);
    return row && toEndpointDto(row);
  }

  /** Some of all endpoints of a tenant, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<EndpointDto[]> {
    return (await reader.query<EndpointView>(someSql, [tenantId, afterId, limit])).map(toEndpointDto);
  }

  async list(tenantId: string, query: EndpointListQuery): Promise<EndpointPageDto> {
    const page = new PageQuery('endpoint', tenantId, query);
    page.whereRefers('network_id', 'network', query.network);
    page.whereRefers('sandbox_id', 'sandbox', query.sandbox);
    page.whereRefers('host_id', 'host', query.host);
    const sql = `${viewSql(page.rows, `, ${page.sortKey('e')}`)} ${page.order('e')}`;
    const { rows, nextCursor } = page.page(await this.database.queryOnce<EndpointView & { sort_key: string }>(sql, page.values));
    return { items: rows.map(toEndpointDto), nextCursor };
  }

  /** What a host is to realise; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredEndpoint[]> {
    const rows =
      ids === null
        ? await reader.query<DesiredRow>(desiredSql, [hostId])
        : await reader.query<DesiredRow>(`${desiredSql} AND e.id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map((row) => ({
      kind: 'endpoint',
      id: row.id as EndpointId,
      generation: row.generation,
      name: row.name,
      deleted: row.deleted,
      networkId: row.network_id as NetworkId,
      sandboxId: row.sandbox_id as SandboxId | null,
      macAddress: row.mac_address,
      addresses: row.addresses,
      interfaceName: row.interface_name,
      gatewayPriority: row.gateway_priority,
      labels: row.labels,
      aliases: row.aliases,
      limits: { ingressMbps: row.ingress_mbps, egressMbps: row.egress_mbps },
      spoofingGuard: row.spoofing_guard,
      joinedAt: (row.joined_at ?? row.created_at).toISOString(),
    }));
  }
}

function conditionsOf({
  conditions,
  ports,
  unready_port: unready,
  is_peer: isPeer,
  unreached,
  lease,
  lease_sharers: sharers,
  sandbox_name: sandbox,
  generation,
}: EndpointView): Condition[] {
  const unique = lease === null ? conditions : withUniqueLease(conditions, lease.address, sharers, generation);
  const own = isPeer && sandbox !== null ? withPeers(unique, unreached, generation) : unique;
  return ports.length > 0 ? withPorts(own, unready, generation) : own;
}

function toEndpointDto(row: EndpointView): EndpointDto {
  return {
    metadata: toMetadata(row),
    spec: {
      network: row.network_name,
      sandbox: row.sandbox_name,
      addresses: row.requested_addresses,
      ...(row.requested_mac_address === null ? {} : { macAddress: row.requested_mac_address }),
      ...(row.requested_interface_name === null ? {} : { interfaceName: row.requested_interface_name }),
      gatewayPriority: row.gateway_priority,
      aliases: row.aliases,
      limits: { ingressMbps: row.ingress_mbps, egressMbps: row.egress_mbps },
      spoofingGuard: row.spoofing_guard,
    },
    status: {
      conditions: conditionsOf(row),
      addresses: row.addresses ?? (row.lease ? [`${row.lease.address}/${row.lease.prefixLength}`] : []),
      gateways: row.gateways ?? (row.lease?.gateway == null ? [] : [row.lease.gateway]),
      lease: row.lease,
      macAddress: row.mac_address,
      interfaceName: row.interface_name,
      host: row.host_name,
      hostLink:
        row.interface_name !== null && row.host_name !== null && describeDriver(row.driver).passesHost ? vethLinkName(row.id) : null,
      joinedAt: row.joined_at?.toISOString() ?? null,
      ports: row.ports,
    },
  };
}
