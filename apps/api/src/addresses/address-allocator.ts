import { type SubnetId } from '@netyard/contracts';
import { Address } from '@netyard/inet';
import type { Transaction } from '../database/transaction';

/** Takes ranges from the front of what has been free longest, as many as are needed; what another transaction holds is passed over or, if need be, awaited. */
const drawSql = (skipLocked: boolean): string => `
  WITH chosen AS (
    SELECT id, first, last FROM free_range WHERE subnet_id = $1 AND dynamic
    ORDER BY released_at NULLS FIRST, last LIMIT $3 FOR UPDATE ${skipLocked ? 'SKIP LOCKED' : ''}
  ), sized AS (
    SELECT *, row_number() OVER () AS n, CASE WHEN first + ($2::bigint - 1) < last THEN $2::bigint ELSE last - first + 1 END AS size FROM chosen
  ), placed AS (
    SELECT *, sum(size) OVER (ORDER BY n) - size AS before FROM sized
  ), taken AS (
    SELECT *, least(size, $2::bigint - before)::bigint AS count FROM placed WHERE before < $2::bigint
  ), moved AS (
    UPDATE free_range f SET first = f.first + t.count FROM taken t WHERE f.id = t.id AND t.first + (t.count - 1) < t.last
  ), emptied AS (
    DELETE FROM free_range f USING taken t WHERE f.id = t.id AND t.first + (t.count - 1) = t.last
  )
  SELECT host(first) AS first, count::int AS count FROM taken ORDER BY n`;

const drawFreeSql = drawSql(true);
const drawAnySql = drawSql(false);

/**
 * Draws addresses of a subnet, those free longest first. O(log n) in the size of the subnet; transactions that draw at once do not wait for each
 * other as long as there are ranges enough. Gives fewer than asked for when the subnet is exhausted.
 */
export async function drawAddresses(transaction: Transaction, subnetId: SubnetId | string, count: number): Promise<string[]> {
  const drawn: string[] = [];
  let mayWait = false;
  let rangeLimit = 1;
  while (drawn.length < count) {
    const ranges = await transaction.query<{ first: string; count: number }>(mayWait ? drawAnySql : drawFreeSql, [
      subnetId,
      count - drawn.length,
      rangeLimit,
    ]);
    for (const range of ranges) drawn.push(...addressesFrom(range.first, range.count));
    if (ranges.length > 0) {
      rangeLimit = Math.max(1, count - drawn.length);
      continue;
    }
    // The rows that were waited for may be gone now, and others there: only when there is none at all is the subnet exhausted.
    if (mayWait && !(await hasFree(transaction, subnetId))) return drawn;
    mayWait = true;
  }
  return drawn;
}

async function hasFree(transaction: Transaction, subnetId: string): Promise<boolean> {
  const [row] = await transaction.query<{ free: boolean }>(
    'SELECT EXISTS (SELECT FROM free_range WHERE subnet_id = $1 AND dynamic) AS free',
    [subnetId],
  );
  return row?.free ?? false;
}

function addressesFrom(first: string, count: number): string[] {
  if (count === 1) return [first];
  const start = Address.parse(first);
  if (!start) throw new Error(`the database gave "${first}" as an address`);
  return Array.from({ length: count }, (_, offset) => start.plus(offset).toString());
}

/** Takes one address out of the range that holds it. */
const takeSql = `
  WITH holder AS (
    SELECT id, first, last, dynamic, released_at, subnet_id FROM free_range WHERE subnet_id = $1 AND last >= $2::inet ORDER BY last LIMIT 1 FOR UPDATE
  ), hit AS (
    SELECT * FROM holder WHERE first <= $2::inet
  ), below AS (
    INSERT INTO free_range (subnet_id, first, last, dynamic, released_at) SELECT subnet_id, first, $2::inet - 1, dynamic, released_at FROM hit WHERE first < $2::inet
  ), above AS (
    UPDATE free_range f SET first = $2::inet + 1 FROM hit h WHERE f.id = h.id AND h.last > $2::inet
  ), emptied AS (
    DELETE FROM free_range f USING hit h WHERE f.id = h.id AND h.last = $2::inet
  )
  SELECT id FROM hit`;

const takeAttempts = 5;

/** Takes the address that was asked for; false when it is not free. */
export async function takeAddress(transaction: Transaction, subnetId: SubnetId | string, address: string): Promise<boolean> {
  for (let attempt = 1; attempt <= takeAttempts; attempt++) {
    const hits = await transaction.query(takeSql, [subnetId, address]);
    if (hits.length > 0) return true;
    // While we waited for the range somebody may have split it: the part that holds the address is a row that this statement did not see.
    const [holder] = await transaction.query('SELECT FROM address WHERE subnet_id = $1 AND address = $2::inet', [subnetId, address]);
    if (holder) return false;
  }
  return false;
}

const releaseSql = (holder: 'endpoint_id' | 'network_host_id'): string => `
    WITH freed AS (
      DELETE FROM address WHERE ${holder} = ANY ($1::uuid[]) RETURNING subnet_id, address
    ), counted AS (
      UPDATE subnet s SET addresses_in_use = s.addresses_in_use - c.count
      FROM (SELECT subnet_id, count(*)::int AS count FROM freed GROUP BY subnet_id) c WHERE s.id = c.subnet_id
    )
    INSERT INTO free_range (subnet_id, first, last, dynamic, released_at)
    SELECT f.subnet_id, f.address, f.address, f.address <<= coalesce(s.ip_range, s.cidr)::inet AND NOT f.address = ANY (s.reserved), now()
    FROM freed f JOIN subnet s ON s.id = f.subnet_id`;

const releaseOfEndpointsSql = releaseSql('endpoint_id');
const releaseOfHostsSql = releaseSql('network_host_id');

/** Gives back all addresses of endpoints, to be given again after all others that are free. */
export async function releaseAddresses(transaction: Transaction, endpointIds: string[]): Promise<void> {
  await transaction.query(releaseOfEndpointsSql, [endpointIds]);
}

/** The same of hosts that have addresses of their own in networks, by the ids under which they take part. */
export async function releaseHostAddresses(transaction: Transaction, networkHostIds: string[]): Promise<void> {
  await transaction.query(releaseOfHostsSql, [networkHostIds]);
}
