import type { ObjectReport } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { touchEndpoints } from '../objects/removals';

/** SQL: the generation of endpoint `e` as a peer, which rises with its own and with each other address that it is leased. */
export const peerGeneration = 'e.generation + e.lease_revision';

/**
 * SQL: the hosts that endpoint `e` waits for, as `h` with what they have said as `p`: those that took part in its network when it joined, and live. What comes later
 * knows it from the start.
 */
export const awaitedHosts = `
  network_host nh JOIN host h ON h.id = nh.host_id AND h.is_alive LEFT JOIN endpoint_peer p ON p.endpoint_id = e.id AND p.host_id = nh.host_id
  WHERE nh.network_id = e.network_id AND nh.host_id <> e.host_id AND nh.created_at < e.joined_at
    AND (p.observed_generation IS NULL OR p.observed_generation < ${peerGeneration} OR p.error IS NOT NULL)`;

/** Takes in what a host says of endpoints on others, which must be locked, and tells of those that all hosts reach now, or that this one cannot. Hosts themselves are peers too: of them nothing is kept. */
export async function takePeers(transaction: Transaction, hostId: string, reports: ObjectReport[]): Promise<void> {
  if (reports.length === 0) return;
  // The last word on each holds.
  const last = new Map(reports.map((report) => [report.id, report]));
  const items = [...last.values()].map(({ id, observedGeneration, conditions }) => ({
    id,
    observedGeneration,
    error: conditions.find(({ status }) => status !== 'True')?.message ?? null,
  }));
  const changed = await transaction.query<{ endpoint_id: string }>(
    `INSERT INTO endpoint_peer AS p (endpoint_id, host_id, observed_generation, error)
     SELECT e.id, $2, r."observedGeneration", r.error FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "observedGeneration" int, error text)
     JOIN endpoint e ON e.id = r.id AND e.is_peer AND r."observedGeneration" <= ${peerGeneration} ORDER BY e.id
     ON CONFLICT (endpoint_id, host_id) DO UPDATE SET observed_generation = excluded.observed_generation, error = excluded.error
       WHERE p.observed_generation < excluded.observed_generation OR (p.observed_generation = excluded.observed_generation AND p.error IS DISTINCT FROM excluded.error)
     RETURNING endpoint_id`,
    [JSON.stringify(items), hostId],
  );
  const news = await transaction.query<{ id: string }>(
    `SELECT e.id FROM endpoint e JOIN network_host own ON own.network_id = e.network_id AND own.host_id = $2 JOIN endpoint_peer said ON said.endpoint_id = e.id AND said.host_id = $2
     WHERE e.id = ANY ($1::uuid[]) AND own.created_at < e.joined_at AND (said.error IS NOT NULL OR NOT EXISTS (SELECT FROM ${awaitedHosts}))`,
    [changed.map((row) => row.endpoint_id), hostId],
  );
  await touchEndpoints(
    transaction,
    news.map(({ id }) => id),
  );
}
