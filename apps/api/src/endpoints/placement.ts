import {
  dhcpClientFeature,
  type DriverName,
  type DriverOptions,
  type HostRegistration,
  NetyardError,
  type SandboxNamespace,
  type TenantGrants,
} from '@netyard/contracts';
import { isEncrypted, usesDhcp } from '@netyard/drivers';
import { assertDriverGranted, assertParentGranted } from '../access/grants';
import { releaseHostAddresses } from '../addresses/address-allocator';
import type { Transaction } from '../database/transaction';
import { describeDriver } from '../drivers/driver-options';
import { assertTaking, isHostVisible } from '../hosts/host-visibility';
import { routeClash } from '../networks/subnet-choice';
import { isSharedWith } from '../networks/shared-networks';
import { assertParentFits, onWire } from '../networks/wire-parent';
import { assertTunnelFits, bringTunnel, fitHosts, giveHostAddresses } from '../overlay/tunnel-placement';
import { bringRouter, routedSql } from '../routers/router-placement';
import { bringPolicies } from '../policies/policy-placement';
import { assertStaying, fieldError, findByReference, splitReferences } from '../objects/object-row';

/** A sandbox that endpoints are to join; its row is locked, so that joins to one sandbox come one after another. */
export interface JoinableSandbox {
  id: string;
  tenant_id: string;
  name: string;
  host_id: string;
  host_name: string;
  host_is_drained: boolean;
  /** Where it is moving to. */
  next_host_id: string | null;
  namespace: SandboxNamespace;
  deletion_requested_at: Date | null;
}

/** A network that endpoints are to belong to; it cannot be deleted while it is held. */
export interface JoinableNetwork {
  id: string;
  tenant_id: string;
  name: string;
  driver: DriverName;
  /** The one host that it is confined to. */
  host_id: string | null;
  is_default: boolean;
  options: DriverOptions;
  deletion_requested_at: string | null;
  subnets: { id: string; cidr: string; gateway: string | null }[];
  /** It stands in routers of its tenant, and not in the hosts' own namespaces. */
  is_routed: boolean;
}

/** What a sandbox has joined to it already, as far as others need to know. */
export interface Neighbour {
  sandbox_id: string;
  name: string;
  network_name: string;
  driver: DriverName;
  interface_name: string | null;
}

export async function lockSandboxes(transaction: Transaction, tenantId: string, refs: string[]): Promise<JoinableSandbox[]> {
  if (refs.length === 0) return [];
  const { names, ids } = splitReferences(refs);
  return transaction.query<JoinableSandbox>(
    `SELECT s.*, h.name AS host_name, h.is_drained AS host_is_drained FROM sandbox s JOIN host h ON h.id = s.host_id
     WHERE s.tenant_id = $1 AND (s.name = ANY ($2) OR s.id = ANY ($3::uuid[])) ORDER BY s.id FOR NO KEY UPDATE OF s`,
    [tenantId, names, ids],
  );
}

/**
 * Networks by reference, the default networks of hosts, and what is joined to sandboxes already. To be asked after the sandboxes are locked: nobody joins
 * them meanwhile.
 */
export async function holdNetworks(
  transaction: Transaction,
  tenantId: string,
  { refs, defaultHostIds, sandboxIds }: { refs: string[]; defaultHostIds: string[]; sandboxIds: string[] },
): Promise<{ networks: JoinableNetwork[]; neighbours: Neighbour[] }> {
  const { names, ids } = splitReferences(refs);
  const [row] = await transaction.query<{ networks: JoinableNetwork[]; neighbours: Neighbour[] }>(
    `WITH held AS (
      SELECT n.id, n.tenant_id, n.name, n.driver, n.host_id, n.is_default, n.options, n.deletion_requested_at, ${routedSql} AS is_routed
      FROM network n WHERE (n.tenant_id = $1 AND (n.name = ANY ($2) OR n.id = ANY ($3::uuid[]) OR (n.is_default AND n.host_id = ANY ($4::uuid[]))))
        OR (n.id = ANY ($3::uuid[]) AND ${isSharedWith('n.id', '$1')}) ORDER BY n.id FOR KEY SHARE OF n
    )
    SELECT
      coalesce((SELECT jsonb_agg(to_jsonb(h) || jsonb_build_object('subnets', coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', s.id, 'cidr', s.cidr, 'gateway', host(s.gateway)) ORDER BY s.position) FROM subnet s WHERE s.network_id = h.id), '[]'))) FROM held h), '[]') AS networks,
      coalesce((SELECT jsonb_agg(jsonb_build_object('sandbox_id', e.sandbox_id, 'name', e.name, 'network_name', n.name, 'driver', n.driver, 'interface_name', e.interface_name))
        FROM endpoint e JOIN network n ON n.id = e.network_id WHERE e.sandbox_id = ANY ($5::uuid[])), '[]') AS neighbours`,
    [tenantId, names, ids, defaultHostIds, sandboxIds],
  );
  return row ?? { networks: [], neighbours: [] };
}

export const findNetwork = (
  networks: JoinableNetwork[],
  ref: string | undefined,
  hostId: string | undefined,
): JoinableNetwork | undefined =>
  ref === undefined ? networks.find((network) => network.is_default && network.host_id === hostId) : findByReference(networks, ref);

/** Throws NetyardError `host-drained` when one of the sandboxes is on a host that takes nothing new. */
export const assertTakingEndpoints = (
  transaction: Transaction,
  tenantId: string,
  sandboxes: JoinableSandbox[],
  pointerTo: (hostName: string) => string,
): Promise<void> =>
  assertTaking(
    transaction,
    tenantId,
    sandboxes.map((sandbox) => ({ name: sandbox.host_name, is_drained: sandbox.host_is_drained })),
    pointerTo,
  );

/** Throws NetyardError unless an endpoint of the network may join the sandbox beside those that are there. */
export function assertJoinable(network: JoinableNetwork, sandbox: JoinableSandbox, neighbours: Neighbour[], pointer: string): void {
  assertStaying('sandbox', sandbox, pointer);
  if (sandbox.next_host_id !== null)
    throw fieldError('still-leaving', `sandbox ${sandbox.name} is moving to another host: it takes endpoints when it has arrived`, pointer);
  assertStaying('network', network);
  if (network.host_id !== null && network.host_id !== sandbox.host_id) {
    throw fieldError(
      'invalid-value',
      `network ${network.name} is confined to another host than ${sandbox.host_name}, where sandbox ${sandbox.name} is`,
      pointer,
    );
  }
  if (network.driver === 'host' && sandbox.namespace.type !== 'host') {
    throw fieldError(
      'invalid-value',
      `only sandboxes of namespace type host can join network ${network.name} of driver host; sandbox ${sandbox.name} is of type ${sandbox.namespace.type}`,
      pointer,
    );
  }
  if (network.driver !== 'host' && sandbox.namespace.type === 'host') {
    throw fieldError(
      'invalid-value',
      `sandbox ${sandbox.name} is the stack of host ${sandbox.host_name}: it can join networks of driver host only, not ${network.name} (${network.driver})`,
      pointer,
    );
  }
  const exclusive = neighbours.find(({ driver }) => !describeDriver(driver).hasSubnets);
  if (exclusive) {
    throw fieldError(
      'limit-reached',
      `sandbox ${sandbox.name} is joined to network ${exclusive.network_name} of driver ${exclusive.driver}, and to nothing else`,
      pointer,
    );
  }
  const [first] = neighbours;
  if (network.driver === 'none' && first) {
    throw fieldError(
      'limit-reached',
      `sandbox ${sandbox.name} has endpoint ${first.name} on network ${first.network_name}: one that joins network ${network.name} of driver none can have no other`,
      pointer,
    );
  }
}

/** The name that was asked for, if it is free, or the first free ethN; null for drivers without an interface. */
export function chooseInterfaceName(
  network: JoinableNetwork,
  requested: string | null,
  neighbours: Neighbour[],
  pointer: string,
): string | null {
  if (!describeDriver(network.driver).hasSubnets) return null;
  const taken = new Map(neighbours.map((neighbour) => [neighbour.interface_name, neighbour]));
  if (requested !== null) {
    const holder = taken.get(requested);
    if (holder)
      throw fieldError('interface-name-taken', `${requested} is the interface of endpoint ${holder.name} in that sandbox`, pointer);
    return requested;
  }
  let number = 0;
  while (taken.has(`eth${number}`)) number++;
  return `eth${number}`;
}

export interface Placing {
  network: JoinableNetwork;
  /** The tenant who is told what is in the way, and of nothing that is not there for it; null: several tenants. */
  viewerId: string | null;
  hostId: string;
  hostName: string;
  pointer: string;
}

/** Counts endpoints in on their hosts, realising networks that are not there yet. Throws NetyardError `limit-reached` or `subnet-overlap`. */
export async function placeOnHosts(transaction: Transaction, placings: Placing[]): Promise<void> {
  if (placings.length === 0) return;
  const rows = await transaction.query<{ id: string; network_id: string; host_id: string; endpoints: number; is_new: boolean }>(
    `INSERT INTO network_host AS nh (network_id, host_id, endpoints)
     SELECT network_id, host_id, count(*) FROM unnest($1::uuid[], $2::uuid[]) AS p (network_id, host_id) GROUP BY 1, 2 ORDER BY 1, 2
     ON CONFLICT (network_id, host_id) DO UPDATE SET endpoints = nh.endpoints + excluded.endpoints
     RETURNING id, network_id, host_id, endpoints, xmax = 0 AS is_new`,
    [placings.map(({ network }) => network.id), placings.map(({ hostId }) => hostId)],
  );
  for (const row of rows) {
    const placing = placings.findLast(({ network, hostId }) => network.id === row.network_id && hostId === row.host_id);
    if (!placing) continue;
    const { network, hostName, pointer } = placing;
    const limit = network.options['mode'] === 'passthru' ? 1 : describeDriver(network.driver).maxEndpointsPerHost;
    if (limit !== null && row.endpoints > limit) {
      throw fieldError(
        'limit-reached',
        `network ${network.name} can have ${limit} endpoints on one host, the most that driver ${network.driver} takes, and host ${hostName} has them`,
        pointer,
      );
    }
    if (row.is_new) await realise(transaction, row.id, placing);
  }
}

/**
 * Realises a network on a host for another reason than an endpoint, if it is not there yet; gives the id of its row in `network_host`, which is locked.
 * Throws NetyardError when the host cannot; then nothing of it is left.
 */
export async function standOnHost(transaction: Transaction, placing: Placing): Promise<string> {
  const { network, hostId } = placing;
  // Asked before anything is written: hosts that cannot are asked again and again.
  await assertFits(transaction, placing);
  const [row] = await transaction.query<{ id: string; is_new: boolean }>(
    `INSERT INTO network_host AS nh (network_id, host_id, endpoints) VALUES ($1, $2, 0)
     ON CONFLICT (network_id, host_id) DO UPDATE SET endpoints = nh.endpoints RETURNING id, xmax = 0 AS is_new`,
    [network.id, hostId],
  );
  if (!row) throw new Error(`network ${network.name} was not placed on host ${placing.hostName}`);
  if (!row.is_new) return row.id;
  try {
    await realise(transaction, row.id, placing);
  } catch (error) {
    if (!(error instanceof NetyardError)) throw error;
    await releaseHostAddresses(transaction, [row.id]);
    await transaction.query('DELETE FROM network_host WHERE id = $1', [row.id]);
    throw error;
  }
  return row.id;
}

/** Nothing is told to anybody before all that may be refused has been. */
async function realise(transaction: Transaction, networkHostId: string, placing: Placing): Promise<void> {
  const { network, hostId, hostName, pointer } = placing;
  await assertFit(transaction, placing);
  const hasOwnAddresses = network.driver === 'overlay' || network.options['hostShim'] === true;
  if (hasOwnAddresses) await giveHostAddresses(transaction, { networkHostId, network, hostName, pointer });
  if (network.is_routed)
    await bringRouter(transaction, { tenantId: network.tenant_id, hostId, hostName, subnets: network.subnets, pointer });
  transaction.announce(hostId, 'network', network.id, network.name);
  await bringPolicies(transaction, network.id, hostId);
  transaction.note({
    tenantId: network.tenant_id,
    kind: 'network',
    id: network.id,
    name: network.name,
    type: 'Normal',
    reason: 'Realised',
    message: `network ${network.name} is to be realised on host ${hostName}`,
  });
  if (network.driver === 'overlay') await bringTunnel(transaction, { networkHostId, network, hostId, hostName });
  if (describeDriver(network.driver).connectivityScope === 'global') transaction.announce(hostId, 'peers', network.id, network.name);
}

/** Throws NetyardError when the network is not on the host, and cannot be realised there. */
export async function assertFits(transaction: Transaction, placing: Placing): Promise<void> {
  const { network, hostId } = placing;
  const [present] = await transaction.query('SELECT FROM network_host WHERE network_id = $1 AND host_id = $2', [network.id, hostId]);
  if (!present) await assertFit(transaction, placing);
}

async function assertFit(transaction: Transaction, placing: Placing): Promise<void> {
  const { network, hostId, pointer } = placing;
  const facts = await fitFacts(transaction, placing);
  if (onWire(network.driver)) await assertWireGranted(transaction, placing);
  if (onWire(network.driver)) await assertParentFits(transaction, { ...placing, facts });
  // On the wire the host's own routes lead where the network does, and a router has routes of its own.
  const subnets = onWire(network.driver) || network.is_routed ? [] : network.subnets;
  const clash = await routeClash(
    transaction,
    subnets.map(({ cidr }) => ({ hostId, cidr })),
  );
  if (clash)
    throw new NetyardError(
      'subnet-overlap',
      `${clash.cidr} of network ${network.name} overlaps the route ${clash.route} of host ${clash.host}`,
      [{ pointer, detail: `host ${clash.host} routes ${clash.route} elsewhere` }],
    );
  if (network.driver === 'overlay') await assertTunnelFits(transaction, { ...placing, facts });
}

/** Where a network stands it may stay; to other hosts it comes by what is granted now. Throws NetyardError `not-granted`. */
async function assertWireGranted(transaction: Transaction, { network, hostName, pointer }: Placing): Promise<void> {
  const [tenant] = await transaction.query<{ name: string; grants: TenantGrants }>('SELECT name, grants FROM tenant WHERE id = $1', [
    network.tenant_id,
  ]);
  if (!tenant) throw new Error(`network ${network.name} has no tenant`);
  const granted = { tenantName: tenant.name, grants: tenant.grants };
  assertDriverGranted(granted, network.driver, pointer);
  const parent = network.options['parent'];
  if (typeof parent === 'string') assertParentGranted(granted, parent, hostName, pointer);
}

/** What the host has said of itself. Throws NetyardError `host-unfit` when its kernel lacks what the driver needs, and names hosts that have it. */
async function fitFacts(
  transaction: Transaction,
  { network, viewerId, hostId, hostName, pointer }: Placing,
): Promise<Partial<HostRegistration>> {
  const encrypted = isEncrypted(network.options);
  const needed = [
    ...describeDriver(network.driver).neededFeatures,
    ...(usesDhcp(network) ? [dhcpClientFeature] : []),
    ...(encrypted ? ['wireguard'] : []),
  ];
  const [host] = await transaction.query<{ facts: HostRegistration | null }>('SELECT facts FROM host WHERE id = $1', [hostId]);
  const missing = needed.filter((feature) => !host?.facts?.features?.includes(feature));
  if (missing.length === 0) return host?.facts ?? {};
  const others = await transaction.query<{ name: string }>(
    `SELECT name FROM host WHERE facts -> 'features' @> $1::jsonb AND ${isHostVisible('host', '$2::uuid')} ORDER BY name LIMIT 10`,
    [JSON.stringify(needed), viewerId],
  );
  const lacks =
    missing[0] === dhcpClientFeature
      ? 'for addresses by DHCP its worker needs the program udhcpc, and finds none: apt-get install udhcpc'
      : `${encrypted ? 'encrypted, it' : `driver ${network.driver}`} needs ${missing.join(' and ')} in the kernel`;
  throw fieldError('host-unfit', `host ${hostName} cannot realise network ${network.name}: ${lacks}; ${fitHosts(others)}`, pointer);
}
