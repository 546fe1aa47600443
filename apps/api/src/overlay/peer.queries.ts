import { type DesiredPeer, type NetworkId, type PeerId, type PeerService } from '@netyard/contracts';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction';
import { hostMac } from './host-mac';
import { peerGeneration } from './peer-reports';
import { underlayJoin } from './tunnel-mtu';

interface PeerRow {
  id: string;
  generation: number;
  name: string;
  network_id: string;
  /** Null where the wire leads there. */
  tunnel_address: string | null;
  mac_address: string | null;
  is_host: boolean;
  addresses: string[];
  names: string[];
  labels: Record<string, string>;
  services: PeerService[];
}

/** Which peers of a host: all, certain ones, or those of certain networks. */
export type PeerChoice = { all: true } | { ids: string[]; networkIds: string[] };

const peersSql = `
  WITH own AS (
    SELECT nh.network_id, n.driver = 'overlay' AS is_tunnelled FROM network_host nh JOIN network n ON n.id = nh.network_id
    WHERE nh.host_id = $1 AND NOT nh.gone AND n.driver IN ('overlay', 'macvlan', 'ipvlan') AND n.deletion_requested_at IS NULL
  )
  SELECT e.id, ${peerGeneration} AS generation, e.name, e.network_id, u.address AS tunnel_address, e.mac_address, false AS is_host, e.labels,
    ARRAY(SELECT host(a.address) FROM (SELECT address FROM address WHERE endpoint_id = e.id UNION ALL SELECT address FROM lease WHERE endpoint_id = e.id) a ORDER BY a.address) AS addresses,
    ARRAY[e.name] || e.aliases || ARRAY[s.name] AS names,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('service', p.service, 'protocol', p.protocol, 'port', p.port + o.n) ORDER BY p.port, o.n)
      FROM port p, generate_series(0, p.count - 1) AS o (n) WHERE p.endpoint_id = e.id AND p.deletion_requested_at IS NULL
    ), '[]') AS services
  FROM own JOIN endpoint e ON e.network_id = own.network_id JOIN network n ON n.id = e.network_id
    JOIN sandbox s ON s.id = e.sandbox_id JOIN host h ON h.id = e.host_id ${underlayJoin('h', 'own.is_tunnelled')}
  WHERE e.host_id <> $1 AND e.deletion_requested_at IS NULL AND (u.address IS NOT NULL OR NOT own.is_tunnelled) AND ($2::uuid[] IS NULL OR e.id = ANY ($2) OR e.network_id = ANY ($3::uuid[]))
  UNION ALL
  SELECT other.id, 1, h.name, other.network_id, u.address, NULL, true, '{}'::jsonb,
    ARRAY(SELECT host(a.address) FROM address a WHERE a.network_host_id = other.id ORDER BY a.address), '{}'::text[], '[]'::jsonb
  FROM own JOIN network_host other ON other.network_id = own.network_id JOIN network n ON n.id = other.network_id JOIN host h ON h.id = other.host_id ${underlayJoin('h')}
  WHERE own.is_tunnelled AND other.host_id <> $1 AND NOT other.gone AND u.address IS NOT NULL AND ($2::uuid[] IS NULL OR other.id = ANY ($2) OR other.network_id = ANY ($3::uuid[]))`;

/** Reading what hosts are told of each other. */
@Injectable()
export class PeerQueries {
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, choice: PeerChoice): Promise<DesiredPeer[]> {
    const [ids, networkIds] = 'all' in choice ? [null, null] : [choice.ids, choice.networkIds];
    if (ids?.length === 0 && networkIds?.length === 0) return [];
    const rows = await reader.query<PeerRow>(peersSql, [hostId, ids, networkIds]);
    return rows.map((row) => ({
      kind: 'peer',
      id: row.id as PeerId,
      generation: row.generation,
      name: row.name,
      deleted: false,
      networkId: row.network_id as NetworkId,
      tunnelAddress: row.tunnel_address,
      macAddress: row.is_host ? hostMac(row.id) : row.mac_address,
      addresses: row.addresses,
      names: [...new Set(row.names)],
      labels: row.labels,
      services: row.services,
    }));
  }
}
