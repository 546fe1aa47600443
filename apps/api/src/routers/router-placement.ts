import { defaultTenantName, type DriverName } from '@netyard/contracts';
import { driverDescriptions } from '@netyard/drivers';
import { Prefix } from '@netyard/inet';
import { nextFreePrefix } from '@netyard/ipam';
import type { Transaction } from '../database/transaction';
import { describeDriver } from '../drivers/driver-options';
import { pendingConditions } from '../objects/conditions';
import { fieldError, newId } from '../objects/object-row';

const routedDrivers = driverDescriptions.filter(({ passesHost }) => passesHost).map(({ name }) => `'${name}'`);

/** Whether a network of that driver stands in its tenant's routers, and not in the hosts' own namespaces. */
export const isRouted = (driver: DriverName, tenantName: string): boolean =>
  describeDriver(driver).passesHost && tenantName !== defaultTenantName;

/** SQL: the same of network `n`. Its tenant must be one that the transaction sees. */
export const routedSql = `(n.driver IN (${routedDrivers.join(', ')}) AND NOT EXISTS (SELECT FROM tenant t WHERE t.id = n.tenant_id AND t.name = '${defaultTenantName}'))`;

/** SQL: whether network `n` stands in router `r` on a host; none has networks of the default tenant. */
export const standsIn = (hostId: string, r = 'r'): string =>
  `${r}.tenant_id = n.tenant_id AND ${r}.host_id = ${hostId} AND n.driver IN (${routedDrivers.join(', ')})`;

/** Networks of one tenant that come to a host. */
export interface RouterPlacing {
  tenantId: string;
  hostId: string;
  hostName: string;
  subnets: { cidr: string }[];
  pointer: string;
}

interface PresentRouter extends Record<string, unknown> {
  id: string;
  name: string;
  generation: number;
  is_going: boolean;
  uplinks: string[];
}

/**
 * Makes sure that the tenant has a router on the host, where its networks are about to stand; it stays at least until the transaction ends. May be repeated.
 * Throws NetyardError `subnet-overlap` when a network wants the addresses between the two, `pools-exhausted` when there are none for them.
 */
export async function bringRouter(transaction: Transaction, placing: RouterPlacing): Promise<void> {
  const { tenantId, hostId } = placing;
  // Routers of others have addresses on the host as well.
  await transaction.leaveTenant();
  const present = await hold(transaction, placing);
  if (present) return keep(transaction, placing, present);
  // One comes to a host at a time: two would choose the same addresses.
  await transaction.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`netyard routers ${hostId}`]);
  const made = await hold(transaction, placing);
  if (made) return keep(transaction, placing, made);
  const id = newId();
  const uplink = await chooseUplink(transaction, placing);
  await transaction.query(
    `INSERT INTO router (id, tenant_id, host_id, name, uplink_ipv4, uplink_ipv6, conditions)
     SELECT $1, $2, $3, $4, $5::cidr, set_masklen(set_masklen(inner_prefix::inet, 128) + (host($5::cidr)::inet - inet '0.0.0.0'), 127)::cidr, $6 FROM deployment`,
    [
      id,
      tenantId,
      hostId,
      placing.hostName,
      String(uplink),
      JSON.stringify(pendingConditions(`host ${placing.hostName} has not reported yet`)),
    ],
  );
  announce(transaction, placing, { id, name: placing.hostName });
  transaction.note({
    tenantId,
    kind: 'router',
    id,
    name: placing.hostName,
    type: 'Normal',
    reason: 'Created',
    message: `the tenant has a router on host ${placing.hostName}, linked to it by ${uplink}`,
  });
}

/** The router, which cannot go meanwhile: whoever takes the last network of it away waits, and then sees ours. */
async function hold(transaction: Transaction, { tenantId, hostId }: RouterPlacing): Promise<PresentRouter | undefined> {
  const [row] = await transaction.query<PresentRouter>(
    `SELECT id, name, generation, deletion_requested_at IS NOT NULL AS is_going, ARRAY[uplink_ipv4::text, uplink_ipv6::text] AS uplinks FROM router WHERE tenant_id = $1 AND host_id = $2 FOR KEY SHARE`,
    [tenantId, hostId],
  );
  return row;
}

/** One that is on its way out stays; what its host says of its going is of an older generation then. */
async function keep(transaction: Transaction, placing: RouterPlacing, router: PresentRouter): Promise<void> {
  assertNoUplink(placing, router.uplinks);
  if (!router.is_going) return;
  await transaction.query(
    `UPDATE router SET deletion_requested_at = NULL, generation = generation + 1, resource_version = resource_version + 1 WHERE id = $1 AND deletion_requested_at IS NOT NULL`,
    [router.id],
  );
  announce(transaction, placing, router);
}

function assertNoUplink({ subnets, hostName, pointer }: RouterPlacing, uplinks: string[]): void {
  for (const { cidr } of subnets) {
    const clash = uplinks.find((uplink) => Prefix.parse(uplink)?.overlaps(parsed(cidr)));
    if (clash !== undefined)
      throw fieldError('subnet-overlap', `${cidr} overlaps ${clash}, which links the tenant’s router on host ${hostName} to it`, pointer);
  }
}

/**
 * What the pair may not have: what the host routes elsewhere, any host's underlay, other routers there, and subnets that may stand at either end: the
 * tenant's own, and those of networks in the hosts' own namespaces.
 */
const takenSql = `
  SELECT p.prefix, p.whose FROM deployment d, (
    SELECT uplink_ipv4::text AS prefix, NULL AS whose FROM router WHERE host_id = $1
    UNION ALL SELECT r.route, 'route ' || r.route FROM host h, jsonb_array_elements_text(h.facts -> 'routes') r (route) WHERE h.id = $1
    UNION ALL SELECT (u ->> 'address') || '/32', NULL FROM host h, jsonb_array_elements(h.facts -> 'underlay') u WHERE family((u ->> 'address')::inet) = 4
    UNION ALL SELECT s.cidr::text, NULL FROM subnet s WHERE s.address_space_id IN (SELECT t.address_space_id FROM tenant t WHERE t.id = $2 OR t.name = '${defaultTenantName}')
  ) p WHERE p.prefix::cidr::inet && d.router_pool::inet AND masklen(p.prefix::inet) > 0`;

/** The lowest pair of the pool that is free on the host. */
async function chooseUplink(transaction: Transaction, { tenantId, hostId, hostName, pointer }: RouterPlacing): Promise<Prefix> {
  const [deployment] = await transaction.query<{ pool: string }>('SELECT router_pool::text AS pool FROM deployment');
  const pool = parsed(deployment?.pool ?? '');
  const taken = await transaction.query<{ prefix: string; whose: string | null }>(takenSql, [hostId, tenantId]);
  const uplink = nextFreePrefix(
    [{ prefix: pool, prefixLength: 31 }],
    taken.map(({ prefix }) => parsed(prefix)),
  );
  if (uplink) return uplink;
  const [route] = taken.flatMap(({ whose }) => whose ?? []);
  throw fieldError(
    'pools-exhausted',
    `${pool}, from which routers of tenants are given addresses, has none free on host ${hostName}${route === undefined ? '' : `, which has the ${route}`}; the API’s setting NETYARD_ROUTER_POOL says which prefix it is`,
    pointer,
  );
}

/** Tenants' networks have left hosts: routers in which none is left are to go. Networks that leave must be gone from `network_host`. */
export async function leaveRouters(transaction: Transaction, places: { tenantId: string; hostId: string }[]): Promise<void> {
  if (places.length === 0) return;
  // Whoever brings a network there meanwhile is waited for, and its network seen.
  const held = await transaction.query<{ id: string }>(
    `SELECT r.id FROM router r JOIN (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS p (tenant_id, host_id)) p ON p.tenant_id = r.tenant_id AND p.host_id = r.host_id
     WHERE r.deletion_requested_at IS NULL ORDER BY r.id FOR UPDATE OF r`,
    [places.map(({ tenantId }) => tenantId), places.map(({ hostId }) => hostId)],
  );
  if (held.length === 0) return;
  const going = await transaction.query<{ id: string; name: string; tenant_id: string; host_id: string }>(
    `UPDATE router r SET deletion_requested_at = now(), generation = generation + 1, resource_version = resource_version + 1
     WHERE r.id = ANY ($1::uuid[]) AND NOT EXISTS (
       SELECT FROM network_host nh JOIN network n ON n.id = nh.network_id WHERE ${standsIn('nh.host_id')})
     RETURNING id, name, tenant_id, host_id`,
    [held.map(({ id }) => id)],
  );
  for (const router of going) announce(transaction, { tenantId: router.tenant_id, hostId: router.host_id }, router);
}

/** Forgets routers at once, of a host or a tenant that goes: hosts take away what is left of them. */
export async function forgetRouters(transaction: Transaction, of: 'tenant_id' | 'host_id', id: string): Promise<void> {
  const gone = await transaction.query<{ id: string; name: string; tenant_id: string; host_id: string }>(
    `DELETE FROM router WHERE ${of} = $1 RETURNING id, name, tenant_id, host_id`,
    [id],
  );
  for (const router of gone) announce(transaction, { tenantId: router.tenant_id, hostId: router.host_id }, router);
}

function announce(
  transaction: Transaction,
  { tenantId, hostId }: Pick<RouterPlacing, 'tenantId' | 'hostId'>,
  { id, name }: { id: string; name: string },
): void {
  transaction.announce(hostId, 'router', id, name);
  transaction.announce(tenantId, 'router', id, name);
}

function parsed(text: string): Prefix {
  const prefix = Prefix.parse(text);
  if (!prefix) throw new Error(`the database gave "${text}" as a prefix`);
  return prefix;
}
