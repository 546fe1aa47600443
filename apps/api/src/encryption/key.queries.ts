import type { DesiredKey, KeyId, UnderlayVersion } from '@netyard/contracts';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction';
import { sharingSql } from './key-announcements';

interface KeyRow {
  id: string;
  host_id: string;
  host_name: string;
  underlay: UnderlayVersion;
  public_key: string;
  port: number;
  inner_address: string;
  state: 'current' | 'next' | 'due' | 'retired';
  address: string | null;
  is_stale: boolean;
}

/** Keys of the host itself, and of those that it shares an encrypted network with over their version of IP and that have an address to be reached at. */
const desiredSql = `
  SELECT k.id, k.host_id, h.name AS host_name, k.underlay, k.public_key, k.port, host(k.inner_address) AS inner_address, k.state, u.address,
    k.state = 'current' AND coalesce(k.registered_at < h.keys_stale_at, false)
      AND NOT EXISTS (SELECT FROM host_key c WHERE c.host_id = k.host_id AND c.underlay = k.underlay AND c.state IN ('next', 'due')) AS is_stale
  FROM host_key k JOIN host h ON h.id = k.host_id
    LEFT JOIN LATERAL (
      SELECT u ->> 'address' AS address FROM jsonb_array_elements(h.facts -> 'underlay') u
      WHERE family((u ->> 'address')::inet) = CASE k.underlay WHEN 'ipv6' THEN 6 ELSE 4 END LIMIT 1
    ) u ON true
  WHERE ((k.host_id = $1 AND k.state <> 'retired') OR (k.host_id <> $1 AND u.address IS NOT NULL AND EXISTS (SELECT FROM ${sharingSql} AND other.host_id = $1)))`;

/** Reading what hosts are told of keys. */
@Injectable()
export class KeyQueries {
  /** What a host is to know; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredKey[]> {
    const rows =
      ids === null
        ? await reader.query<KeyRow>(desiredSql, [hostId])
        : await reader.query<KeyRow>(`${desiredSql} AND k.id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map((row) => ({
      kind: 'key',
      id: row.id as KeyId,
      generation: 1,
      name: row.host_name,
      deleted: false,
      underlay: row.underlay,
      publicKey: row.public_key,
      innerAddress: row.inner_address,
      endpoint: row.host_id === hostId || row.address === null ? null : { address: row.address, port: row.port },
      own: row.host_id === hostId ? { use: row.state === 'due' || row.state === 'current', replace: row.is_stale } : null,
    }));
  }
}
