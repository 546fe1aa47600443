import type { ObjectReport, UnderlayVersion } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { announceHost } from '../hosts/host-visibility';
import { announceKey, announceOwnNetworks, sharingSql } from './key-announcements';

/** After so long a key that was replaced is forgotten: by then what was on its way has arrived, and entries lead to the new one. */
const retirementSeconds = 10;

interface KeyRow {
  id: string;
  host_id: string;
  host_name: string;
  underlay: UnderlayVersion;
}

/** Takes in which keys of others a host knows, or cannot take; those that all know now are to be used. */
export async function takeKeys(transaction: Transaction, hostId: string, reports: ObjectReport[]): Promise<void> {
  if (reports.length === 0) return;
  const isKnown = ({ conditions }: ObjectReport): boolean => conditions.every(({ status }) => status === 'True');
  // Of two hosts that report at once, the second has to see what the first said.
  const rows = await transaction.query<{ id: string; host_id: string }>(
    'SELECT id, host_id FROM host_key WHERE id = ANY ($1::uuid[]) AND host_id <> $2 ORDER BY id FOR NO KEY UPDATE',
    [reports.map(({ id }) => id), hostId],
  );
  const known = rows.filter(({ id }) => reports.some((report) => report.id === id && isKnown(report))).map(({ id }) => id);
  const unknown = rows.map(({ id }) => id).filter((id) => !known.includes(id));
  await transaction.query(
    'INSERT INTO host_key_peer (key_id, host_id) SELECT id, $2 FROM unnest($1::uuid[]) AS k (id) ON CONFLICT DO NOTHING',
    [known, hostId],
  );
  if (unknown.length > 0)
    await transaction.query('DELETE FROM host_key_peer WHERE key_id = ANY ($1::uuid[]) AND host_id = $2', [unknown, hostId]);
  await useKnownKeys(transaction, [...new Set(rows.map((row) => row.host_id))]);
}

/** New keys of these hosts that all who have to know them do are to be used. Silent hosts are waited for: their packets go on with the key that they know. */
export async function useKnownKeys(transaction: Transaction, hostIds: string[]): Promise<void> {
  if (hostIds.length === 0) return;
  // Networks of all tenants have a say.
  await transaction.leaveTenant();
  const due = await transaction.query<KeyRow>(
    `UPDATE host_key k SET state = 'due' FROM host h WHERE h.id = k.host_id AND k.state = 'next' AND k.host_id = ANY ($1::uuid[])
       AND NOT EXISTS (SELECT FROM ${sharingSql} AND NOT EXISTS (SELECT FROM host_key_peer p WHERE p.key_id = k.id AND p.host_id = other.host_id))
     RETURNING k.id, k.host_id, h.name AS host_name, k.underlay`,
    [hostIds],
  );
  for (const key of due) {
    transaction.announce(key.host_id, 'key', key.id, key.host_name);
    await announceHost(transaction, { id: key.host_id, name: key.host_name });
    await announceOwnNetworks(transaction, key.host_id, key.underlay);
  }
}

/** Forgets keys that have been replaced for a while, and tells those who know them. */
export async function forgetRetiredKeys(transaction: Transaction): Promise<void> {
  const retired = await transaction.query<KeyRow>(
    `SELECT k.id, k.host_id, h.name AS host_name, k.underlay FROM host_key k JOIN host h ON h.id = k.host_id
     WHERE k.state = 'retired' AND k.retired_at < clock_timestamp() - make_interval(secs => $1) ORDER BY k.id FOR UPDATE OF k`,
    [retirementSeconds],
  );
  for (const key of retired) {
    await announceKey(transaction, { id: key.id, hostId: key.host_id, hostName: key.host_name });
    await announceOwnNetworks(transaction, key.host_id, key.underlay);
  }
  await transaction.query('DELETE FROM host_key WHERE id = ANY ($1::uuid[])', [retired.map(({ id }) => id)]);
}
