import { type DriverName, type DriverOptions, type HostRegistration } from '@netyard/contracts';
import { driverDescriptions, isEncrypted, overheadBytes, underlayOf, wireguardOverheadBytes } from '@netyard/drivers';
import { drawAddresses, releaseHostAddresses } from '../addresses/address-allocator';
import type { Transaction } from '../database/transaction';
import { announceKeysOf } from '../encryption/key-announcements';
import { useKnownKeys } from '../encryption/key-rotation';
import { isHostVisible } from '../hosts/host-visibility';
import { fieldError } from '../objects/object-row';
import { finishPolicies, touchPolicies } from '../policies/policy-removal';
import { leaveRouters } from '../routers/router-placement';
import { hostsOf } from './announce';
import { tunnelMtuBytes, underlayJoin } from './tunnel-mtu';

/** An overlay network that comes to a host. */
export interface TunnelPlacing {
  networkHostId: string;
  network: { id: string; name: string; options: DriverOptions; subnets: { id: string; cidr: string }[] };
  /** The tenant who is told what is in the way; null: several. */
  viewerId: string | null;
  hostId: string;
  hostName: string;
  facts: Partial<HostRegistration>;
  pointer: string;
}

/** Makes the host and the others known to each other, and tells them if the MTU falls. */
export async function bringTunnel(
  transaction: Transaction,
  { network, networkHostId, hostId, hostName }: Omit<TunnelPlacing, 'viewerId' | 'facts' | 'pointer'>,
): Promise<void> {
  if (isEncrypted(network.options)) await announceKeysOf(transaction, [network.id], hostId);
  for (const other of (await hostsOf(transaction, [network.id])).get(network.id) ?? []) {
    if (other === hostId) continue;
    transaction.announce(other, 'peer', networkHostId, hostName);
    transaction.announce(other, 'network', network.id, network.name);
  }
}

/** Gives the host an address of its own in each subnet. Throws NetyardError `subnet-exhausted`. */
export async function giveHostAddresses(
  transaction: Transaction,
  { network, networkHostId, hostName, pointer }: Omit<TunnelPlacing, 'viewerId' | 'hostId' | 'facts'>,
): Promise<void> {
  for (const { id, cidr } of network.subnets) {
    const [address] = await drawAddresses(transaction, id, 1);
    if (address === undefined)
      throw fieldError(
        'subnet-exhausted',
        `subnet ${cidr} of network ${network.name} has no free address for host ${hostName} itself, which takes part with one of its own`,
        pointer,
      );
    await transaction.query('INSERT INTO address (subnet_id, address, network_host_id) VALUES ($1, $2::inet, $3)', [
      id,
      address,
      networkHostId,
    ]);
    await transaction.query('UPDATE subnet SET addresses_in_use = addresses_in_use + 1 WHERE id = $1', [id]);
  }
}

/** Throws NetyardError when the host cannot take part in the network: its underlay does not fit, or it has no key of an encrypted one. */
export async function assertTunnelFits(transaction: Transaction, placing: Omit<TunnelPlacing, 'networkHostId'>): Promise<void> {
  await assertUnderlay(transaction, placing);
  if (isEncrypted(placing.network.options)) await assertKey(transaction, placing);
}

async function assertUnderlay(
  transaction: Transaction,
  { network, viewerId, hostName, facts, pointer }: Omit<TunnelPlacing, 'networkHostId' | 'hostId'>,
): Promise<void> {
  const version = underlayOf(network.options);
  const isOfVersion = (address: string): boolean => address.includes(':') === (version === 'ipv6');
  const underlay = facts.underlay?.find(({ address }) => isOfVersion(address));
  if (!underlay) {
    const others = await transaction.query<{ name: string }>(
      `SELECT h.name FROM host h, jsonb_array_elements(h.facts -> 'underlay') u WHERE family((u ->> 'address')::inet) = $1 AND ${isHostVisible('h', '$2::uuid')} ORDER BY h.name LIMIT 10`,
      [version === 'ipv6' ? 6 : 4, viewerId],
    );
    throw fieldError(
      'host-unfit',
      `host ${hostName} has no ${version === 'ipv6' ? 'IPv6' : 'IPv4'} address for the tunnels of network ${network.name}; ${fitHosts(others)}`,
      pointer,
    );
  }
  const most = tunnelMtuBytes(network.options, underlay.mtuBytes);
  const wanted = network.options['mtuBytes'];
  if (typeof wanted === 'number' && wanted > most)
    throw fieldError(
      'host-unfit',
      `network ${network.name} has an MTU of ${wanted} bytes, and the underlay of host ${hostName} carries ${most}: ${underlay.mtuBytes} less ${overheadBytes(network.options)} for the tunnel`,
      pointer,
    );
  const inside = underlay.mtuBytes - wireguardOverheadBytes(version);
  if (isEncrypted(network.options) && inside < leastIpv6MtuBytes)
    throw fieldError(
      'host-unfit',
      `host ${hostName} cannot take part in network ${network.name}, which is encrypted: its underlay carries ${underlay.mtuBytes} bytes, which leaves ${inside} inside of WireGuard, and IPv6 needs ${leastIpv6MtuBytes} there`,
      pointer,
    );
}

/** Of a link that IPv6 is to go over (RFC 8200 section 5): what is inside of WireGuard is addressed by it. */
const leastIpv6MtuBytes = 1280;

async function assertKey(
  transaction: Transaction,
  { network, viewerId, hostId, hostName, pointer }: Omit<TunnelPlacing, 'networkHostId' | 'facts'>,
): Promise<void> {
  const hosts = await transaction.query<{ id: string; name: string }>(
    `SELECT h.id, h.name FROM host h JOIN host_key k ON k.host_id = h.id AND k.underlay = $1 AND k.state = 'current' WHERE h.id = $2 OR ${isHostVisible('h', '$3::uuid')} ORDER BY h.id <> $2, h.name LIMIT 11`,
    [underlayOf(network.options), hostId, viewerId],
  );
  if (hosts.some(({ id }) => id === hostId)) return;
  throw fieldError(
    'host-unfit',
    `host ${hostName} cannot take part in network ${network.name}, which is encrypted: its worker has told no key; ${fitHosts(hosts.slice(0, 10))}`,
    pointer,
  );
}

/** Throws NetyardError when an overlay network asks for a larger MTU than the underlay of a host that it is on can carry. */
export async function assertTunnelsCarry(
  transaction: Transaction,
  { id, name, options }: { id: string; name: string; options: DriverOptions },
): Promise<void> {
  const wanted = options['mtuBytes'];
  if (typeof wanted !== 'number') return;
  const [smallest] = await transaction.query<{ host: string; mtu_bytes: number }>(
    `SELECT h.name AS host, u.mtu_bytes FROM network_host nh JOIN network n ON n.id = nh.network_id JOIN host h ON h.id = nh.host_id ${underlayJoin('h')}
     WHERE nh.network_id = $1 AND u.address IS NOT NULL ORDER BY u.mtu_bytes LIMIT 1`,
    [id],
  );
  const most = smallest && tunnelMtuBytes(options, smallest.mtu_bytes);
  if (most !== undefined && wanted > most)
    throw fieldError(
      'host-unfit',
      `an MTU of ${wanted} bytes is more than the underlay of host ${smallest?.host}, where network ${name} is, can carry: ${smallest?.mtu_bytes} less ${overheadBytes(options)} for the tunnel is ${most}`,
      '/spec/options/mtuBytes',
    );
}

/** A host has other underlay addresses: those that share overlay networks with it are told where its endpoints are now, and of the MTU. */
export async function moveTunnels(transaction: Transaction, hostId: string): Promise<void> {
  const others = await transaction.query<{ host_id: string; network_id: string; name: string }>(
    `SELECT other.host_id, n.id AS network_id, n.name FROM network_host own JOIN network n ON n.id = own.network_id AND n.driver = 'overlay'
     JOIN network_host other ON other.network_id = own.network_id AND other.host_id <> own.host_id WHERE own.host_id = $1`,
    [hostId],
  );
  for (const { host_id: other, network_id: networkId, name } of others) {
    transaction.announce(other, 'network', networkId, name);
    transaction.announce(other, 'peers', networkId, name);
  }
  await announceKeysOf(transaction, [...new Set(others.map((row) => row.network_id))], hostId);
}

/** In the words of a message. */
export const fitHosts = (hosts: { name: string }[]): string =>
  hosts.length === 0 ? 'no other host has what it takes either' : `hosts that can: ${hosts.map(({ name }) => name).join(', ')}`;

/** Drivers whose networks stand on a host only while it has an endpoint of them, or publishes a port of one on another host. */
const passing: DriverName[] = driverDescriptions.filter(({ connectivityScope }) => connectivityScope === 'global').map(({ name }) => name);

/** Takes networks off hosts that have no reason for them any more, where their driver leaves nothing behind. */
export async function leaveEmptyHosts(transaction: Transaction, placements: { networkId: string; hostId: string }[]): Promise<void> {
  if (placements.length === 0) return;
  // Who brings the network there meanwhile is seen, or waits until it has gone.
  const locked = await transaction.query<{ id: string }>(
    `SELECT nh.id FROM network_host nh JOIN (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS p (network_id, host_id)) p ON p.network_id = nh.network_id AND p.host_id = nh.host_id
     ORDER BY nh.network_id, nh.host_id FOR UPDATE OF nh`,
    [placements.map(({ networkId }) => networkId), placements.map(({ hostId }) => hostId)],
  );
  const empty = await transaction.query<TakenOff>(
    `SELECT nh.id, nh.network_id, nh.host_id, n.name, n.tenant_id FROM network_host nh JOIN network n ON n.id = nh.network_id
     WHERE nh.id = ANY ($1::uuid[]) AND nh.endpoints <= 0 AND n.driver = ANY ($2) AND n.deletion_requested_at IS NULL
       AND NOT EXISTS (SELECT FROM port_host ph WHERE ph.network_host_id = nh.id)`,
    [locked.map(({ id }) => id), passing],
  );
  await takeOffHosts(transaction, empty);
}

/** A network that is realised on a host no more. */
export interface TakenOff {
  /** Of the row in `network_host`. */
  id: string;
  network_id: string;
  host_id: string;
  name: string;
  tenant_id: string;
}

/** Takes networks off hosts, with their policies and the addresses of the hosts themselves, and tells those hosts and the others. */
export async function takeOffHosts(transaction: Transaction, rows: TakenOff[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const others = await hostsOf(transaction, [...new Set(rows.map((row) => row.network_id))]);
  for (const { network_id: networkId, host_id: hostId } of rows) await announceKeysOf(transaction, [networkId], hostId);
  await releaseHostAddresses(transaction, ids);
  await transaction.query('DELETE FROM network_host WHERE id = ANY ($1::uuid[])', [ids]);
  await leaveRouters(
    transaction,
    rows.map((row) => ({ tenantId: row.tenant_id, hostId: row.host_id })),
  );
  for (const { id, network_id: networkId, host_id: hostId, name, tenant_id: tenantId } of rows) {
    await takePoliciesOff(transaction, networkId, hostId);
    transaction.announce(hostId, 'network', networkId, name);
    transaction.announce(tenantId, 'network', networkId, name);
    for (const other of others.get(networkId) ?? []) {
      if (rows.some((row) => row.network_id === networkId && row.host_id === other)) continue;
      transaction.announce(other, 'peer', id, name);
      transaction.announce(other, 'network', networkId, name);
    }
  }
  // Whoever waited for these hosts to know a key waits no more.
  await useKnownKeys(transaction, [...new Set([...others.values()].flat())]);
}

async function takePoliciesOff(transaction: Transaction, networkId: string, hostId: string): Promise<void> {
  const policies = await transaction.query<{ id: string; name: string }>(
    `DELETE FROM policy_host ph USING policy p WHERE p.id = ph.policy_id AND p.network_id = $1 AND ph.host_id = $2 RETURNING p.id, p.name`,
    [networkId, hostId],
  );
  const ids = policies.map(({ id }) => id);
  for (const { id, name } of policies) transaction.announce(hostId, 'policy', id, name);
  await touchPolicies(transaction, ids);
  await finishPolicies(transaction, ids);
}
