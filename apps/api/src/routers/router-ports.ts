import { NetyardError } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { standsIn } from './router-placement';

/** Where the search for a free one begins; those below are left to hosts' ports, which come first. */
const firstSearched = 20_000;
const lastPort = 65_535;

/** A port, or as many in a row. */
export interface PortRow {
  first: number;
  count: number;
}

interface Unplaced extends Record<string, unknown> {
  port_id: string;
  host_id: string;
  protocol: string;
  host_port: number;
  count: number;
  router_id: string;
}

/** Gives published ports of endpoints behind routers their places there, on all of their hosts, where they have none yet. May be repeated. */
export async function placeOnRouters(transaction: Transaction, portIds: string[]): Promise<void> {
  if (portIds.length === 0) return;
  // The router is the network's, which may be shared.
  await transaction.leaveTenant();
  // Held: nobody else chooses a place there meanwhile.
  const unplaced = await transaction.query<Unplaced>(
    `SELECT ph.port_id, ph.host_id, ph.protocol, ph.host_port, ph.count, r.id AS router_id
     FROM port_host ph JOIN port p ON p.id = ph.port_id JOIN endpoint e ON e.id = p.endpoint_id JOIN network n ON n.id = e.network_id JOIN router r ON ${standsIn('ph.host_id')}
     WHERE ph.port_id = ANY ($1::uuid[]) AND ph.refusal IS NULL AND ph.router_id IS NULL ORDER BY r.id, ph.port_id FOR NO KEY UPDATE OF r`,
    [portIds],
  );
  if (unplaced.length === 0) return;
  const taken = await transaction.query<PortRow & { router_id: string; protocol: string }>(
    'SELECT router_id, protocol, router_port AS first, count FROM port_host WHERE router_id = ANY ($1::uuid[])',
    [[...new Set(unplaced.map((row) => row.router_id))]],
  );
  const places = unplaced.map((row) => {
    const others = taken.filter((other) => other.router_id === row.router_id && other.protocol === row.protocol);
    const first = freeRouterPort(others, { first: row.host_port, count: row.count });
    if (first === undefined)
      throw new NetyardError('ports-exhausted', `the tenant’s router on the host has no ${row.count} ${row.protocol} ports in a row left`);
    taken.push({ router_id: row.router_id, protocol: row.protocol, first, count: row.count });
    return { port_id: row.port_id, host_id: row.host_id, router_id: row.router_id, router_port: first };
  });
  await transaction.query(
    `UPDATE port_host ph SET router_id = p.router_id, router_port = p.router_port
     FROM jsonb_to_recordset($1::jsonb) AS p (port_id uuid, host_id uuid, router_id uuid, router_port int) WHERE ph.port_id = p.port_id AND ph.host_id = p.host_id`,
    [JSON.stringify(places)],
  );
}

/** The first port of a place that nobody has: where it is wanted, or else the lowest that is searched; undefined when all are taken. */
export function freeRouterPort(taken: PortRow[], wanted: PortRow): number | undefined {
  const { count } = wanted;
  const isFree = (first: number): boolean => taken.every((other) => first + count <= other.first || other.first + other.count <= first);
  if (isFree(wanted.first)) return wanted.first;
  // A gap begins where something ends.
  const ends = taken.map((other) => other.first + other.count);
  const candidates = [...ends, firstSearched].filter((first) => first + count - 1 <= lastPort).sort((one, other) => one - other);
  const [above, below] = [candidates.filter((first) => first >= firstSearched), candidates.filter((first) => first < firstSearched)];
  return [...above, ...below, 1].find(isFree);
}
