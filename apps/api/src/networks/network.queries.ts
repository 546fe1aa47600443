import type { Condition, DesiredNetwork, DnsSettings, DriverName, DriverOptions, NetworkId } from '@netyard/contracts';
import { driverDescriptions } from '@netyard/drivers';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { aggregateReady } from '../objects/conditions';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import type { NetworkDto, NetworkListQuery, NetworkPageDto, SubnetDto } from './network.dto';

interface SubnetView {
  cidr: string;
  gateway: string;
  request: SubnetDto;
  capacity: number;
  inUse: number;
}

interface NetworkView extends ObjectRow {
  driver: DriverName;
  options: DriverOptions;
  internal: boolean;
  ipv6: boolean;
  domain: string | null;
  dns: DnsSettings;
  host_name: string | null;
  endpoint_count: number;
  subnets: SubnetView[];
  hosts: { host: string; conditions: Condition[]; uplinkMtuBytes: number | null }[];
}

/** All that is told of networks, in one query; `rows` is where they come from. */
const viewSql = (rows: string, more = ''): string => `
  SELECT n.*, h.name AS host_name, coalesce(s.subnets, '[]') AS subnets, coalesce(nh.hosts, '[]') AS hosts ${more}
  FROM (${rows}) n LEFT JOIN host h ON h.id = n.host_id
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('cidr', s.cidr, 'gateway', host(s.gateway), 'request', s.request, 'capacity', s.capacity, 'inUse', s.addresses_in_use) ORDER BY s.position) AS subnets
    FROM subnet s WHERE s.network_id = n.id
  ) s ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('host', o.name, 'conditions', nh.conditions, 'uplinkMtuBytes', o.facts -> 'uplinkMtuBytes') ORDER BY o.name) AS hosts
    FROM network_host nh JOIN host o ON o.id = nh.host_id WHERE nh.network_id = n.id
  ) nh ON true`;

const byIdsSql = viewSql('SELECT * FROM network WHERE id = ANY ($1::uuid[])');
const byReferenceSql = viewSql('SELECT * FROM network WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))');
const allSql = viewSql('SELECT * FROM network WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3');

/** Reading networks, for the API and for workers. */
@Injectable()
export class NetworkQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<NetworkDto[]> {
    return ids.length === 0 ? [] : (await reader.query<NetworkView>(byIdsSql, [ids])).map(toNetworkDto);
  }

  async byReference(tenantId: string, ref: string): Promise<NetworkDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(await this.database.query<NetworkView>(byReferenceSql, [tenantId, names, ids]), ref);
    return row && toNetworkDto(row);
  }

  /** Some of all networks of a tenant, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<NetworkDto[]> {
    return (await reader.query<NetworkView>(allSql, [tenantId, afterId, limit])).map(toNetworkDto);
  }

  async list(tenantId: string, query: NetworkListQuery): Promise<NetworkPageDto> {
    const page = new PageQuery('network', tenantId, query);
    if (query.driver) page.where(`driver = ANY (${page.bind(query.driver)})`);
    if (query.host) {
      const hosts = page.referenced('host', query.host);
      page.where(
        `(host_id IN (${hosts}) OR EXISTS (SELECT FROM network_host nh WHERE nh.network_id = network.id AND nh.host_id IN (${hosts})))`,
      );
    }
    const sql = `${viewSql(page.rows, `, ${page.sortKey('n')}`)} ${page.order('n')}`;
    const { rows, nextCursor } = page.page(await this.database.queryOnce<NetworkView & { sort_key: string }>(sql, page.values));
    return { items: rows.map(toNetworkDto), nextCursor };
  }

  /** What a host is to realise; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredNetwork[]> {
    const rows =
      ids === null
        ? await reader.query<DesiredRow>(desiredSql, [hostId])
        : await reader.query<DesiredRow>(`${desiredSql} AND n.id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map(
      ({
        id,
        generation,
        name,
        deleted,
        driver,
        options,
        subnets,
        internal,
        domain,
        dns,
        is_default: isDefault,
        uplink_mtu_bytes: uplinkMtuBytes,
      }) => ({
        kind: 'network',
        id: id as NetworkId,
        generation,
        name,
        deleted,
        driver,
        options: withUplinkMtu(driver, options, uplinkMtuBytes),
        subnets,
        internal,
        // The default bridge has docker0's role: its sandboxes do not know each other by name.
        discovery: subnets.length > 0 && !isDefault,
        domain,
        dns,
      }),
    );
  }
}

interface DesiredRow extends Pick<NetworkView, 'id' | 'generation' | 'name' | 'driver' | 'options' | 'internal' | 'domain' | 'dns'> {
  is_default: boolean;
  deleted: boolean;
  subnets: DesiredNetwork['subnets'];
  uplink_mtu_bytes: number | null;
}

const desiredSql = `
  SELECT n.id, n.generation, n.name, n.driver, n.options, n.internal, n.domain, n.dns, n.is_default, n.deletion_requested_at IS NOT NULL AS deleted,
    (h.facts ->> 'uplinkMtuBytes')::int AS uplink_mtu_bytes,
    coalesce((SELECT jsonb_agg(jsonb_build_object('cidr', s.cidr, 'gateway', host(s.gateway)) ORDER BY s.position) FROM subnet s WHERE s.network_id = n.id), '[]') AS subnets
  FROM network_host nh JOIN network n ON n.id = nh.network_id JOIN host h ON h.id = nh.host_id
  WHERE nh.host_id = $1 AND NOT nh.gone`;

const hasMtu = (driver: DriverName): boolean =>
  driverDescriptions.find(({ name }) => name === driver)?.optionSchema.properties['mtuBytes'] !== undefined;

function withUplinkMtu(driver: DriverName, options: DriverOptions, uplinkMtuBytes: number | null): DriverOptions {
  return hasMtu(driver) && options['mtuBytes'] === undefined && uplinkMtuBytes !== null
    ? { ...options, mtuBytes: uplinkMtuBytes }
    : options;
}

function effectiveMtu({ driver, options, hosts }: NetworkView): number | null {
  if (!hasMtu(driver)) return null;
  if (typeof options['mtuBytes'] === 'number') return options['mtuBytes'];
  const uplinks = hosts.flatMap(({ uplinkMtuBytes }) => uplinkMtuBytes ?? []);
  return uplinks.length > 0 ? Math.min(...uplinks) : null;
}

function toNetworkDto(row: NetworkView): NetworkDto {
  const hosts = row.hosts.map(({ host, conditions }) => ({ host, conditions }));
  return {
    metadata: toMetadata(row),
    spec: {
      driver: row.driver,
      subnets: row.subnets.map(({ request }) => request),
      ipv6: row.ipv6,
      internal: row.internal,
      host: row.host_name,
      options: row.options,
      domain: row.domain,
      dns: row.dns,
    },
    status: {
      conditions: [aggregateReady(hosts, row.generation, row.created_at)],
      hosts,
      subnets: row.subnets.map(({ cidr, gateway, capacity, inUse }) => ({
        cidr,
        gateway,
        family: cidr.includes(':') ? 'IPv6' : 'IPv4',
        addressesInUse: inUse,
        addressesFree: capacity - inUse,
      })),
      endpointCount: row.endpoint_count,
      mtuBytes: effectiveMtu(row),
    },
  };
}
