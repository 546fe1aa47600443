import { randomInt } from 'node:crypto';
import { NetyardError } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';

/** Where automatic ports are chosen from, both ends included. */
export interface PortRange {
  first: number;
  last: number;
}

/** What is to be placed on a host. */
export interface Placement {
  hostId: string;
  hostName: string;
  protocol: string;
  hostAddress: string;
  count: number;
}

/** Random places that are tried before the range is searched for a gap. */
const attempts = 6;

/** All of a family for its wildcard: the column `address_range` of an address that is `$3`. */
export const rangeOf = `CASE $3::inet WHEN '0.0.0.0' THEN inet '0.0.0.0/0' WHEN '::' THEN inet '::/0' ELSE $3::inet END`;
const takenSql = `SELECT EXISTS (SELECT FROM port WHERE host_id = $1 AND protocol = $2 AND address_range && ${rangeOf} AND host_ports && int4range($4::int, $4::int + $5::int)) AS taken`;
const gapSql = `
  SELECT s AS first FROM generate_series($4::int, $6::int - $5::int + 1) s
  WHERE NOT EXISTS (SELECT FROM port WHERE host_id = $1 AND protocol = $2 AND address_range && ${rangeOf} AND host_ports && int4range(s, s + $5::int)) LIMIT 1`;

/**
 * A free place in the range, tried at random first, so that the cost does not grow with what is taken until hardly anything is free. Others may take it before
 * this transaction commits: the constraint refuses the later one. Throws NetyardError `ports-exhausted`.
 */
export async function chooseHostPort(
  transaction: Transaction,
  { hostId, hostName, protocol, hostAddress, count }: Placement,
  { first, last }: PortRange,
): Promise<number> {
  // Ports of the host are everybody's.
  await transaction.leaveTenant();
  const places = last - first + 2 - count;
  for (let attempt = 0; attempt < attempts && places > 0; attempt++) {
    const candidate = first + randomInt(places);
    const [row] = await transaction.query<{ taken: boolean }>(takenSql, [hostId, protocol, hostAddress, candidate, count]);
    if (row && !row.taken) return candidate;
  }
  const [gap] = places > 0 ? await transaction.query<{ first: number }>(gapSql, [hostId, protocol, hostAddress, first, count, last]) : [];
  if (gap) return gap.first;
  const wanted = count === 1 ? 'port' : `${count} ports in a row`;
  throw new NetyardError(
    'ports-exhausted',
    `host ${hostName} has no free ${protocol} ${wanted} left in ${first}-${last}; ask for a hostPort outside of that range`,
  );
}
