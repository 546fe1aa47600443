import type { Transaction } from '../database/transaction';

/** As much of an endpoint as is needed to tell hosts of it. */
export interface AnnouncedEndpoint {
  id: string;
  name: string;
  network_id: string;
  host_id: string | null;
  /** Other hosts have to know of it. */
  is_peer: boolean;
}

/** Tells the hosts of endpoints of a change to them, and the other hosts of their networks where those have to know of it. */
export async function announceEndpoints(transaction: Transaction, endpoints: AnnouncedEndpoint[]): Promise<void> {
  for (const { id, name, host_id: hostId } of endpoints) if (hostId !== null) transaction.announce(hostId, 'endpoint', id, name);
  const peers = endpoints.filter((endpoint) => endpoint.is_peer && endpoint.host_id !== null);
  if (peers.length === 0) return;
  const hosts = await hostsOf(transaction, [...new Set(peers.map((peer) => peer.network_id))]);
  for (const { id, name, network_id: networkId, host_id: own } of peers)
    for (const hostId of hosts.get(networkId) ?? []) if (hostId !== own) transaction.announce(hostId, 'peer', id, name);
}

/** What is told of endpoints to other hosts has changed, though not what they are on their own. */
export async function announcePeers(transaction: Transaction, endpointIds: string[]): Promise<void> {
  const endpoints = await transaction.query<AnnouncedEndpoint>(
    'SELECT id, name, network_id, host_id, is_peer FROM endpoint WHERE id = ANY ($1::uuid[]) AND is_peer AND host_id IS NOT NULL',
    [endpointIds],
  );
  const hosts = await hostsOf(transaction, [...new Set(endpoints.map((endpoint) => endpoint.network_id))]);
  for (const { id, name, network_id: networkId, host_id: own } of endpoints)
    for (const hostId of hosts.get(networkId) ?? []) if (hostId !== own) transaction.announce(hostId, 'peer', id, name);
}

/** The hosts that take part in networks, by network. */
export async function hostsOf(transaction: Transaction, networkIds: string[]): Promise<Map<string, string[]>> {
  const hosts = new Map<string, string[]>();
  if (networkIds.length === 0) return hosts;
  const rows = await transaction.query<{ network_id: string; host_id: string }>(
    'SELECT network_id, host_id FROM network_host WHERE network_id = ANY ($1::uuid[]) AND NOT gone',
    [networkIds],
  );
  for (const row of rows) hosts.set(row.network_id, [...(hosts.get(row.network_id) ?? []), row.host_id]);
  return hosts;
}
