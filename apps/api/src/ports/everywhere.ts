import { NetyardError } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { type JoinableNetwork, standOnHost } from '../endpoints/placement';
import { leaveEmptyHosts } from '../overlay/tunnel-placement';
import { isHostVisible } from '../hosts/host-visibility';
import { placeOnRouters } from '../routers/router-ports';
import { type PortHolder, whose } from './port-in-use';
import { routedSql } from '../routers/router-placement';
import type { Refusal } from './published';
import { settlePorts } from './settle-ports';

/** A port that a host is to publish, and does not. */
interface MissingPlace {
  port_id: string;
  port_name: string;
  host_id: string;
  host_name: string;
  is_drained: boolean;
  network_id: string;
  refusal: Refusal | null;
}

/** What a port asks for that somebody else has. */
interface AskedPlace {
  id: string;
  asked_by: string;
  protocol: string;
  asked_address: string;
  asked_first: number;
  asked_count: number;
}

/** The host and the ports of one network that it is to publish. */
interface MissingPlaces {
  hostId: string;
  hostName: string;
  isDrained: boolean;
  networkId: string;
  places: MissingPlace[];
}

/** Locked: endpoints neither leave nor go meanwhile, and hosts are not given up. */
const missingSql = `
  SELECT p.id AS port_id, p.name AS port_name, h.id AS host_id, h.name AS host_name, h.is_drained, e.network_id, (SELECT ph.refusal FROM port_host ph WHERE ph.port_id = p.id AND ph.host_id = h.id) AS refusal
  FROM port p JOIN endpoint e ON e.id = p.endpoint_id CROSS JOIN host h
  WHERE p.publish = 'everywhere' AND p.deletion_requested_at IS NULL AND p.host_id IS NOT NULL AND e.sandbox_id IS NOT NULL AND e.deletion_requested_at IS NULL
    AND h.id <> p.host_id AND ${isHostVisible('h', 'p.tenant_id')} AND ($1::uuid[] IS NULL OR p.id = ANY ($1))
    AND NOT EXISTS (SELECT FROM port_host ph WHERE ph.port_id = p.id AND ph.host_id = h.id AND ph.refusal IS NULL)
    AND NOT EXISTS (SELECT FROM network n WHERE n.id = e.network_id AND n.deletion_requested_at IS NOT NULL)
  ORDER BY h.id, e.network_id, p.id FOR NO KEY UPDATE OF e, p FOR KEY SHARE OF h`;

/**
 * Publishes ports on every host that is there for their tenants and does not publish them, all when no ids are given; networks are realised there for that. Hosts that cannot say why as
 * the port's refusal, and so do those on which the port is taken, unless `mustBeFree`: then the violated `port_in_use` is left to the caller. May be repeated.
 */
export async function publishEverywhere(
  transaction: Transaction,
  portIds: string[] | null,
  { mustBeFree = false }: { mustBeFree?: boolean } = {},
): Promise<void> {
  // Places of hosts are everybody's.
  await transaction.leaveTenant();
  const missing = await transaction.query<MissingPlace>(missingSql, [portIds]);
  if (missing.length === 0) return;
  const networks = await loadNetworks(transaction, [...new Set(missing.map((place) => place.network_id))]);
  const changed: string[] = [];
  for (const group of grouped(missing)) {
    const network = networks.get(group.networkId);
    if (network) changed.push(...(await publishOn(transaction, network, group, mustBeFree)));
  }
  await settlePorts(transaction, changed);
}

/** Gives the ids of ports of which there is news. */
async function publishOn(transaction: Transaction, network: JoinableNetwork, group: MissingPlaces, mustBeFree: boolean): Promise<string[]> {
  const { hostId, hostName } = group;
  if (group.isDrained)
    return refuse(transaction, hostId, group.places, {
      reason: 'HostDrained',
      message: `host ${hostName} is drained: nothing new is placed on it`,
    });
  // The network is not brought to a host for nothing.
  const taken = mustBeFree ? new Map<string, Refusal>() : await holdersOn(transaction, hostId, group.places);
  const changed = await refuseTaken(transaction, hostId, group.places, taken);
  const places = group.places.filter(({ port_id: id }) => !taken.has(id));
  if (places.length === 0) return changed;
  let networkHostId: string;
  try {
    networkHostId = await standOnHost(transaction, { network, viewerId: null, hostId, hostName, pointer: '/publish' });
  } catch (error) {
    if (!(error instanceof NetyardError)) throw error;
    return [...changed, ...(await refuse(transaction, hostId, places, { reason: reasonOf(error), message: error.message }))];
  }
  const placed = await place(transaction, { hostId, networkHostId, places, mustBeFree });
  for (const { port_id: id, port_name: name } of places) if (placed.has(id)) transaction.announce(hostId, 'port', id, name);
  const beaten = places.filter(({ port_id: id }) => !placed.has(id));
  if (beaten.length > 0) {
    const holders = await holdersOn(transaction, hostId, beaten);
    changed.push(...(await refuseTaken(transaction, hostId, beaten, holders)));
    await leaveEmptyHosts(transaction, [{ networkId: network.id, hostId }]);
  }
  return [...changed, ...placed];
}

/** The ids of ports that have their place on the host now. */
async function place(
  transaction: Transaction,
  { hostId, networkHostId, places, mustBeFree }: { hostId: string; networkHostId: string; places: MissingPlace[]; mustBeFree: boolean },
): Promise<Set<string>> {
  const ids = places.map((one) => one.port_id);
  await transaction.query('DELETE FROM port_host WHERE host_id = $1 AND port_id = ANY ($2::uuid[]) AND refusal IS NOT NULL', [hostId, ids]);
  const rows = await transaction.query<{ port_id: string }>(
    `INSERT INTO port_host (port_id, host_id, network_host_id, protocol, host_address, host_port, count)
     SELECT id, $2, $3, protocol, host_address, host_port, count FROM port WHERE id = ANY ($1::uuid[]) ORDER BY id
     ${mustBeFree ? '' : 'ON CONFLICT DO NOTHING'} RETURNING port_id`,
    [ids, hostId, networkHostId],
  );
  await placeOnRouters(transaction, ids);
  return new Set(rows.map((row) => row.port_id));
}

async function refuseTaken(
  transaction: Transaction,
  hostId: string,
  places: MissingPlace[],
  holders: ReadonlyMap<string, Refusal>,
): Promise<string[]> {
  const changed: string[] = [];
  for (const one of places) {
    const refusal = holders.get(one.port_id);
    if (refusal) changed.push(...(await refuse(transaction, hostId, [one], refusal)));
  }
  return changed;
}

/** Notes why the host does not publish ports; gives those of which that is news. */
async function refuse(transaction: Transaction, hostId: string, places: MissingPlace[], refusal: Refusal): Promise<string[]> {
  await transaction.query(
    `INSERT INTO port_host (port_id, host_id, protocol, host_address, host_port, count, refusal)
     SELECT id, $2, protocol, host_address, host_port, count, $3::jsonb FROM port WHERE id = ANY ($1::uuid[]) ORDER BY id
     ON CONFLICT (port_id, host_id) DO UPDATE SET refusal = excluded.refusal WHERE port_host.refusal IS NOT NULL AND port_host.refusal <> excluded.refusal`,
    [places.map(({ port_id: id }) => id), hostId, JSON.stringify(refusal)],
  );
  return places.filter((one) => one.refusal?.message !== refusal.message).map(({ port_id: id }) => id);
}

/** Which ports are taken on the host, and by whom. */
async function holdersOn(transaction: Transaction, hostId: string, places: MissingPlace[]): Promise<Map<string, Refusal>> {
  const rows = await transaction.query<PortHolder & AskedPlace>(
    `SELECT p.id, p.tenant_id AS asked_by, p.protocol, host(p.host_address) AS asked_address, p.host_port AS asked_first, p.count AS asked_count, o.*
     FROM port p CROSS JOIN LATERAL (
       SELECT other.name, other.tenant_id, e.name AS endpoint, h.name AS host, host(ph.host_address) AS address, ph.host_port, ph.count
       FROM port_host ph JOIN port other ON other.id = ph.port_id JOIN endpoint e ON e.id = other.endpoint_id JOIN host h ON h.id = ph.host_id
       WHERE ph.host_id = $2 AND ph.refusal IS NULL AND ph.port_id <> p.id AND ph.protocol = p.protocol AND ph.host_ports && int4range(p.host_port, p.host_port + p.count)
         AND ph.address_range && CASE p.host_address WHEN '0.0.0.0' THEN inet '0.0.0.0/0' WHEN '::' THEN inet '::/0' ELSE p.host_address END LIMIT 1
     ) o WHERE p.id = ANY ($1::uuid[])`,
    [places.map(({ port_id: id }) => id), hostId],
  );
  return new Map(
    rows.map((row) => {
      const asked = { protocol: row.protocol, address: row.asked_address, first: row.asked_first, count: row.asked_count };
      return [row.id, { reason: 'PortInUse', message: whose(row, row.asked_by, asked, '') }];
    }),
  );
}

async function loadNetworks(transaction: Transaction, ids: string[]): Promise<Map<string, JoinableNetwork>> {
  const rows = await transaction.query<JoinableNetwork>(
    `SELECT n.*, coalesce((SELECT jsonb_agg(jsonb_build_object('id', s.id, 'cidr', s.cidr, 'gateway', host(s.gateway)) ORDER BY s.position) FROM subnet s WHERE s.network_id = n.id), '[]') AS subnets, ${routedSql} AS is_routed
     FROM network n WHERE n.id = ANY ($1::uuid[]) AND n.deletion_requested_at IS NULL ORDER BY n.id FOR KEY SHARE OF n`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function grouped(missing: MissingPlace[]): MissingPlaces[] {
  const groups = new Map<string, MissingPlaces>();
  for (const one of missing) {
    const key = `${one.host_id} ${one.network_id}`;
    const group = groups.get(key);
    if (group) group.places.push(one);
    else
      groups.set(key, {
        hostId: one.host_id,
        hostName: one.host_name,
        isDrained: one.is_drained,
        networkId: one.network_id,
        places: [one],
      });
  }
  return [...groups.values()];
}

/** The error's code as one CamelCase word. */
const reasonOf = ({ code }: NetyardError): string => code.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
