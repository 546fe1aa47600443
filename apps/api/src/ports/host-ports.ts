import { randomInt } from 'node:crypto';
import { NetyardError, type PortScope } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { isHostVisible } from '../hosts/host-visibility';

/** Where automatic ports are chosen from, both ends included. */
export interface PortRange {
  first: number;
  last: number;
}

/** What is to be placed, on each of some hosts. */
export interface Placement {
  hostIds: string[];
  /** In the words of a message, such as `host lab-1`. */
  where: string;
  protocol: string;
  hostAddress: string;
  count: number;
}

/** Random places that are tried before the range is searched for a gap. */
const attempts = 6;

/** All of a family for its wildcard: the column `address_range` of an address that is `$3`. */
export const rangeOf = `CASE $3::inet WHEN '0.0.0.0' THEN inet '0.0.0.0/0' WHEN '::' THEN inet '::/0' ELSE $3::inet END`;
const holders = (first: string): string => `
  SELECT FROM unnest($1::uuid[]) AS h (id) JOIN port_host p ON p.host_id = h.id AND p.refusal IS NULL AND p.protocol = $2 AND p.address_range && ${rangeOf}
    AND p.host_ports && int4range(${first}, ${first} + $5::int)`;
const takenSql = `SELECT EXISTS (${holders('$4::int')}) AS taken`;
const gapSql = `SELECT s AS first FROM generate_series($4::int, $6::int - $5::int + 1) s WHERE NOT EXISTS (${holders('s')}) LIMIT 1`;

/** Where a port of a tenant is to be published whose endpoint is on the host: there, or on all hosts that are there for the tenant. */
export async function placesOf(
  transaction: Transaction,
  { publish, tenantId }: { publish: PortScope; tenantId: string },
  host: { id: string; name: string },
): Promise<Pick<Placement, 'hostIds' | 'where'>> {
  if (publish === 'host') return { hostIds: [host.id], where: `host ${host.name}` };
  const hosts = await transaction.query<{ id: string }>(`SELECT h.id FROM host h WHERE h.id = $2 OR ${isHostVisible('h', '$1::uuid')}`, [
    tenantId,
    host.id,
  ]);
  return { hostIds: hosts.map(({ id }) => id), where: 'every host' };
}

/** Whether ports from `first` on are free on all of the hosts. */
export async function areFree(
  transaction: Transaction,
  { hostIds, protocol, hostAddress, count }: Placement,
  first: number,
): Promise<boolean> {
  const [row] = await transaction.query<{ taken: boolean }>(takenSql, [hostIds, protocol, hostAddress, first, count]);
  return row?.taken === false;
}

/**
 * A free place in the range, tried at random first, so that the cost does not grow with what is taken until hardly anything is free. Others may take it before
 * this transaction commits: the constraint refuses the later one. Throws NetyardError `ports-exhausted`.
 */
export async function chooseHostPort(transaction: Transaction, placement: Placement, { first, last }: PortRange): Promise<number> {
  // Ports of the hosts are everybody's.
  await transaction.leaveTenant();
  const { hostIds, where, protocol, hostAddress, count } = placement;
  const places = last - first + 2 - count;
  for (let attempt = 0; attempt < attempts && places > 0; attempt++) {
    const candidate = first + randomInt(places);
    if (await areFree(transaction, placement, candidate)) return candidate;
  }
  const [gap] = places > 0 ? await transaction.query<{ first: number }>(gapSql, [hostIds, protocol, hostAddress, first, count, last]) : [];
  if (gap) return gap.first;
  const wanted = count === 1 ? 'port' : `range of ${count} ports`;
  throw new NetyardError(
    'ports-exhausted',
    `no ${protocol} ${wanted} of ${first}-${last} is free on ${where} any more; ask for a hostPort outside of that range`,
  );
}
