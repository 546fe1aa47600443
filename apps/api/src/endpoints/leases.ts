import type { Lease, ObjectReport } from '@netyard/contracts';
import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from '../database/transaction';
import { touchEndpoints } from '../objects/removals';
import { announcePeers } from '../overlay/announce';

interface LeaseRow {
  endpoint_id: string;
  network_id: string;
  address: string | null;
  lease: Lease | null;
}

/**
 * Takes in what hosts say of leases, of endpoints whose rows are locked. Where the address is another, the other hosts of the network are told: they answer for its name. Those
 * that share an address, before or now, are told of to whoever watches.
 */
export async function takeLeases(transaction: Transaction, reports: Pick<ObjectReport, 'id' | 'lease'>[]): Promise<void> {
  const said = new Map(reports.flatMap(({ id, lease }) => (lease === undefined ? [] : [[id.toLowerCase(), lease]])));
  if (said.size === 0) return;
  const rows = await transaction.query<LeaseRow>(
    `SELECT e.id AS endpoint_id, e.network_id, host(l.address) AS address, l.lease FROM endpoint e LEFT JOIN lease l ON l.endpoint_id = e.id
     WHERE e.id = ANY ($1::uuid[]) ORDER BY e.id`,
    [[...said.keys()]],
  );
  const changes = rows.flatMap((row) => {
    const lease = said.get(row.endpoint_id) ?? null;
    return isDeepStrictEqual(lease, row.lease) ? [] : [{ row, lease }];
  });
  await write(transaction, changes);
  const moved = changes.filter(({ row, lease }) => row.address !== (lease?.address ?? null));
  const movedIds = moved.map(({ row }) => row.endpoint_id);
  if (moved.length > 0) {
    await transaction.query('UPDATE endpoint SET lease_revision = lease_revision + 1 WHERE id = ANY ($1::uuid[])', [movedIds]);
    await announcePeers(transaction, movedIds);
  }
  await touchEndpoints(transaction, [
    ...changes.map(({ row }) => row.endpoint_id),
    ...(await sharers(
      transaction,
      moved.flatMap(({ row, lease }) =>
        [row.address, lease?.address].flatMap((address) => (address == null ? [] : [{ networkId: row.network_id, address }])),
      ),
      movedIds,
    )),
  ]);
}

async function write(transaction: Transaction, changes: { row: LeaseRow; lease: Lease | null }[]): Promise<void> {
  const held = changes.flatMap(({ row, lease }) =>
    lease === null ? [] : [{ endpointId: row.endpoint_id, networkId: row.network_id, address: lease.address, lease }],
  );
  const lost = changes.filter(({ lease }) => lease === null).map(({ row }) => row.endpoint_id);
  if (held.length > 0)
    await transaction.query(
      `INSERT INTO lease (endpoint_id, network_id, address, lease)
       SELECT l."endpointId", l."networkId", l.address, l.lease FROM jsonb_to_recordset($1::jsonb) AS l ("endpointId" uuid, "networkId" uuid, address inet, lease jsonb)
       ON CONFLICT (endpoint_id) DO UPDATE SET address = excluded.address, lease = excluded.lease`,
      [JSON.stringify(held)],
    );
  if (lost.length > 0) await transaction.query('DELETE FROM lease WHERE endpoint_id = ANY ($1::uuid[])', [lost]);
}

/** Others that have been given one of the addresses too. */
async function sharers(transaction: Transaction, addresses: { networkId: string; address: string }[], butIds: string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const rows = await transaction.query<{ endpoint_id: string }>(
    `SELECT DISTINCT l.endpoint_id FROM jsonb_to_recordset($1::jsonb) AS a ("networkId" uuid, address inet) JOIN lease l ON l.network_id = a."networkId" AND l.address = a.address
     WHERE l.endpoint_id <> ALL ($2::uuid[]) ORDER BY l.endpoint_id`,
    [JSON.stringify(addresses), butIds],
  );
  return rows.map((row) => row.endpoint_id);
}
