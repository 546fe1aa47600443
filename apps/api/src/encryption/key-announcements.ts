import type { UnderlayVersion } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';

/** SQL: network `n` is encrypted. */
export const encryptedSql = `n.options @> '{"encrypted": true}'`;

/** SQL: hosts `other` that share an encrypted network with host `own` over the version of key `k`. */
export const sharingSql = `
  network_host own JOIN network n ON n.id = own.network_id AND ${encryptedSql} AND n.options ->> 'underlay' = k.underlay
  JOIN network_host other ON other.network_id = n.id AND other.host_id <> own.host_id AND NOT other.gone
  WHERE own.host_id = k.host_id AND NOT own.gone`;

/**
 * Hosts of encrypted networks know each other's keys: who takes part in one of these networks is to look at those of the others again, or only one host at the others', and they at its.
 * To be called as long as all who are concerned take part.
 */
export async function announceKeysOf(transaction: Transaction, networkIds: string[], hostId: string | null = null): Promise<void> {
  if (networkIds.length === 0) return;
  const rows = await transaction.query<{ host_id: string; key_id: string; name: string }>(
    `SELECT DISTINCT nh.host_id, k.id AS key_id, h.name FROM network n JOIN network_host nh ON nh.network_id = n.id JOIN network_host other ON other.network_id = n.id AND other.host_id <> nh.host_id
       JOIN host_key k ON k.host_id = other.host_id AND k.underlay = n.options ->> 'underlay' JOIN host h ON h.id = k.host_id
     WHERE n.id = ANY ($1::uuid[]) AND ${encryptedSql} AND ($2::uuid IS NULL OR $2 IN (nh.host_id, other.host_id))`,
    [networkIds, hostId],
  );
  for (const { host_id: other, key_id: keyId, name } of rows) transaction.announce(other, 'key', keyId, name);
}

/** A key of a host has come, changed or is to go: the hosts that have to know it are told, and the host itself. */
export async function announceKey(transaction: Transaction, key: { id: string; hostId: string; hostName: string }): Promise<void> {
  transaction.announce(key.hostId, 'key', key.id, key.hostName);
  const others = await transaction.query<{ host_id: string }>(
    `SELECT DISTINCT other.host_id FROM host_key k CROSS JOIN ${sharingSql} AND k.id = $1`,
    [key.id],
  );
  for (const { host_id: other } of others) transaction.announce(other, 'key', key.id, key.hostName);
}

/** A host’s encrypted networks over one version of IP have another key, or other addresses: it is told of all of them, since they share a link. */
export async function announceOwnNetworks(transaction: Transaction, hostId: string, underlay: UnderlayVersion): Promise<void> {
  const networks = await transaction.query<{ id: string; name: string }>(
    `SELECT n.id, n.name FROM network_host nh JOIN network n ON n.id = nh.network_id AND ${encryptedSql} AND n.options ->> 'underlay' = $2 WHERE nh.host_id = $1 AND NOT nh.gone`,
    [hostId, underlay],
  );
  for (const { id, name } of networks) transaction.announce(hostId, 'network', id, name);
}

/** A host uses another key, and is found at another inner address: those that share encrypted networks with it are told where its endpoints are now. */
export async function announceMove(transaction: Transaction, hostId: string, underlay: UnderlayVersion): Promise<void> {
  const others = await transaction.query<{ host_id: string; network_id: string; name: string }>(
    `SELECT other.host_id, n.id AS network_id, n.name FROM network_host own JOIN network n ON n.id = own.network_id AND ${encryptedSql} AND n.options ->> 'underlay' = $2
     JOIN network_host other ON other.network_id = own.network_id AND other.host_id <> own.host_id WHERE own.host_id = $1`,
    [hostId, underlay],
  );
  for (const { host_id: other, network_id: networkId, name } of others) transaction.announce(other, 'peers', networkId, name);
}
