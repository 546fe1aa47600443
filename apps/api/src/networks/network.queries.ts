import type {
  Condition,
  DesiredNetwork,
  DesiredTunnel,
  DnsSettings,
  DriverName,
  DriverOptions,
  NetworkId,
  RouterId,
  TunnelEncryption,
} from '@netyard/contracts';
import { defaultTunnelPort, driverDescriptions, usesDhcp } from '@netyard/drivers';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { aggregateReady, aggregateWarning } from '../objects/conditions';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import { type OwnKeyView, ownKeysSql, tunnelEncryption } from '../encryption/tunnel-encryption';
import { hostMac } from '../overlay/host-mac';
import { tunnelMtuBytes, underlayJoin } from '../overlay/tunnel-mtu';
import { standsIn } from '../routers/router-placement';
import { isSharedWith, sharedWith } from './shared-networks';
import { onWire } from './wire-parent';
import { effectiveMtu, type NetworkHostFacts } from './effective-mtu';
import type { NetworkDto, NetworkListQuery, NetworkPageDto, SubnetDto } from './network.dto';

interface SubnetView {
  cidr: string;
  gateway: string | null;
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
  owner_name: string;
  shown_endpoints: number;
  subnets: SubnetView[];
  vni: number | null;
  hosts: ({ conditions: Condition[]; tunnelAddress: string | null; addresses: string[] } & NetworkHostFacts)[];
}

/** The tenant whose transaction it is; null in the deployment's. Of a network that is shared, a tenant counts its own endpoints. */
const viewer = `nullif(current_setting('netyard.tenant', true), '')::uuid`;

/** All that is told of networks, in one query; `rows` is where they come from. */
const viewSql = (rows: string, more = ''): string => `
  SELECT n.*, t.name AS owner_name, CASE WHEN n.tenant_id <> ${viewer} THEN (SELECT count(*)::int FROM endpoint e WHERE e.network_id = n.id) ELSE n.endpoint_count END AS shown_endpoints,
    h.name AS host_name, coalesce(s.subnets, '[]') AS subnets, coalesce(nh.hosts, '[]') AS hosts ${more}
  FROM (${rows}) n JOIN tenant t ON t.id = n.tenant_id LEFT JOIN host h ON h.id = n.host_id
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('cidr', s.cidr, 'gateway', host(s.gateway), 'request', s.request, 'capacity', s.capacity, 'inUse', s.addresses_in_use) ORDER BY s.position) AS subnets
    FROM subnet s WHERE s.network_id = n.id
  ) s ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('host', o.name, 'conditions', nh.conditions, 'uplinkMtuBytes', o.facts -> 'uplinkMtuBytes',
      'addresses', ARRAY(SELECT host(a.address) FROM address a JOIN subnet s ON s.id = a.subnet_id WHERE a.network_host_id = nh.id ORDER BY s.position),
      'tunnelAddress', u.address, 'underlayMtuBytes', u.mtu_bytes, 'links', CASE WHEN n.options ? 'parent' THEN o.facts -> 'links' END) ORDER BY o.name) AS hosts
    FROM network_host nh JOIN host o ON o.id = nh.host_id ${underlayJoin('o', `n.driver = 'overlay'`)} WHERE nh.network_id = n.id
  ) nh ON true`;

const byIdsSql = viewSql('SELECT * FROM network WHERE id = ANY ($1::uuid[])');
const byReferenceSql = viewSql(
  `SELECT * FROM network WHERE (tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))) OR (id = ANY ($3::uuid[]) AND ${isSharedWith('network.id', '$1')})`,
);
const someSql = viewSql('SELECT * FROM network WHERE (tenant_id = $1 OR id = ANY ($4::uuid[])) AND id > $2 ORDER BY id LIMIT $3');

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

  /** Some of all networks that a tenant sees, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<NetworkDto[]> {
    const values = [tenantId, afterId, limit, await sharedWith(reader, tenantId)];
    return (await reader.query<NetworkView>(someSql, values)).map(toNetworkDto);
  }

  async list(tenantId: string, query: NetworkListQuery): Promise<NetworkPageDto> {
    const page = new PageQuery('network', tenantId, query, await sharedWith(this.database, tenantId));
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
        router_id: routerId,
        is_default: isDefault,
        uplink_mtu_bytes: uplinkMtuBytes,
        tunnel,
        host_addresses: hostAddresses,
        network_host_id: networkHostId,
        smallest_underlay_bytes: smallestUnderlayBytes,
        own_keys: ownKeys,
        underlay_mtu_bytes: underlayMtuBytes,
        deployment_prefix: deploymentPrefix,
      }) => ({
        kind: 'network',
        id: id as NetworkId,
        generation,
        name,
        deleted,
        routerId: routerId as RouterId | null,
        driver,
        options: withMtu(
          driver,
          options,
          driver === 'overlay' ? smallestUnderlayBytes && tunnelMtuBytes(options, smallestUnderlayBytes) : uplinkMtuBytes,
        ),
        subnets,
        internal,
        // The default bridge has docker0's role: its sandboxes do not know each other by name.
        discovery: (subnets.length > 0 || usesDhcp({ options })) && !isDefault,
        domain,
        dns,
        tunnel: tunnel && toTunnel(tunnel, options, tunnelEncryption(options, ownKeys, { underlayMtuBytes, deploymentPrefix })),
        hostAddresses,
        hostMac: hostAddresses.length > 0 ? hostMac(networkHostId) : null,
      }),
    );
  }
}

interface DesiredRow extends Pick<NetworkView, 'id' | 'generation' | 'name' | 'driver' | 'options' | 'internal' | 'domain' | 'dns'> {
  router_id: string | null;
  is_default: boolean;
  deleted: boolean;
  subnets: DesiredNetwork['subnets'];
  uplink_mtu_bytes: number | null;
  /** Of overlay networks, on hosts that have an underlay address. */
  tunnel: Pick<DesiredTunnel, 'vni' | 'localAddress'> | null;
  network_host_id: string;
  host_addresses: string[];
  smallest_underlay_bytes: number | null;
  /** Of encrypted networks. */
  own_keys: OwnKeyView[] | null;
  underlay_mtu_bytes: number | null;
  deployment_prefix: string;
}

const toTunnel = (
  { vni, localAddress }: Pick<DesiredTunnel, 'vni' | 'localAddress'>,
  options: DriverOptions,
  encryption: TunnelEncryption | null,
): DesiredTunnel => ({
  vni,
  port: Number(options['port'] ?? defaultTunnelPort),
  localAddress: encryption?.addresses[0] ?? localAddress,
  encryption,
});

const desiredSql = `
  SELECT n.id, n.generation, n.name, n.driver, n.options, n.internal, n.domain, n.dns, n.is_default, n.deletion_requested_at IS NOT NULL AS deleted, r.id AS router_id,
    (h.facts ->> 'uplinkMtuBytes')::int AS uplink_mtu_bytes,
    CASE WHEN u.address IS NOT NULL THEN jsonb_build_object('vni', n.vni, 'localAddress', u.address) END AS tunnel, nh.id AS network_host_id,
    u.mtu_bytes AS underlay_mtu_bytes, ${ownKeysSql} AS own_keys, (SELECT inner_prefix::text FROM deployment) AS deployment_prefix,
    ARRAY(SELECT host(a.address) || '/' || masklen(s.cidr) FROM address a JOIN subnet s ON s.id = a.subnet_id WHERE a.network_host_id = nh.id ORDER BY s.position) AS host_addresses,
    CASE WHEN u.address IS NOT NULL THEN (
      SELECT min(u.mtu_bytes) FROM network_host other JOIN host o ON o.id = other.host_id ${underlayJoin('o')} WHERE other.network_id = n.id AND NOT other.gone) END AS smallest_underlay_bytes,
    coalesce((SELECT jsonb_agg(jsonb_build_object('cidr', s.cidr, 'gateway', host(s.gateway)) ORDER BY s.position) FROM subnet s WHERE s.network_id = n.id), '[]') AS subnets
  FROM network_host nh JOIN network n ON n.id = nh.network_id JOIN host h ON h.id = nh.host_id LEFT JOIN router r ON ${standsIn('nh.host_id')} ${underlayJoin('h', `n.driver = 'overlay'`)}
  WHERE nh.host_id = $1 AND NOT nh.gone`;

const hasMtu = (driver: DriverName): boolean =>
  driverDescriptions.find(({ name }) => name === driver)?.optionSchema.properties['mtuBytes'] !== undefined;

const withMtu = (driver: DriverName, options: DriverOptions, mtuBytes: number | null): DriverOptions =>
  hasMtu(driver) && !onWire(driver) && options['mtuBytes'] === undefined && mtuBytes !== null ? { ...options, mtuBytes } : options;

function toNetworkDto(row: NetworkView): NetworkDto {
  const hosts = row.hosts.map(({ host, conditions, tunnelAddress, addresses }) => ({ host, conditions, tunnelAddress, addresses }));
  const mtu = hasMtu(row.driver) ? effectiveMtu(row.driver, row.options, row.hosts) : null;
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
      conditions: [aggregateReady(hosts, row.generation, row.created_at), ...aggregateWarning('UnderlayCarries', hosts, row.generation)],
      hosts,
      subnets: row.subnets.map(({ cidr, gateway, capacity, inUse }) => ({
        cidr,
        gateway,
        family: cidr.includes(':') ? 'IPv6' : 'IPv4',
        addressesInUse: inUse,
        addressesFree: capacity - inUse,
      })),
      endpointCount: row.shown_endpoints,
      owner: row.owner_name,
      mtuBytes: mtu?.bytes ?? null,
      mtuReason: mtu?.reason ?? null,
      vni: row.vni,
    },
  };
}
