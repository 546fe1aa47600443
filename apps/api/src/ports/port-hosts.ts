import type { Transaction } from '../database/transaction';
import { placeOnRouters } from '../routers/router-ports';
import { leaveEmptyHosts } from '../overlay/tunnel-placement';

/** Puts ports in their place on the hosts of their endpoints. A violated `port_in_use` is left to the caller. */
export async function placeOnOwnHosts(transaction: Transaction, portIds: string[]): Promise<void> {
  await transaction.query(
    `INSERT INTO port_host (port_id, host_id, protocol, host_address, host_port, count)
     SELECT id, host_id, protocol, host_address, host_port, count FROM port WHERE id = ANY ($1::uuid[]) AND host_id IS NOT NULL ORDER BY id`,
    [portIds],
  );
  await placeOnRouters(transaction, portIds);
}

/** Tells the hosts that publish ports, or do so no more, of a change to them, and those who watch. */
export async function announcePorts(transaction: Transaction, portIds: string[]): Promise<void> {
  if (portIds.length === 0) return;
  const ports = await transaction.query<{ id: string; name: string; tenant_id: string; hosts: string[] }>(
    'SELECT id, name, tenant_id, ARRAY(SELECT host_id FROM port_host WHERE port_id = port.id AND refusal IS NULL) AS hosts FROM port WHERE id = ANY ($1::uuid[])',
    [portIds],
  );
  for (const { id, name, tenant_id: tenantId, hosts } of ports) {
    for (const hostId of hosts) transaction.announce(hostId, 'port', id, name);
    transaction.announce(tenantId, 'port', id, name);
  }
}

/** Closes ports on all hosts but those of their endpoints: these forget them, and networks that stood there for their sake alone. */
export async function closeElsewhere(transaction: Transaction, portIds: string[]): Promise<void> {
  await forget(transaction, 'ph.port_id = ANY ($1::uuid[]) AND ph.host_id IS DISTINCT FROM p.host_id', portIds);
}

/** As `closeElsewhere`, of all ports of endpoints that leave or go. */
export async function closeElsewhereOf(transaction: Transaction, endpointIds: string[]): Promise<void> {
  await forget(transaction, 'p.endpoint_id = ANY ($1::uuid[]) AND ph.host_id IS DISTINCT FROM p.host_id', endpointIds);
}

/** A host is given up: ports of endpoints on others are not published there any more. Gives their ids. */
export async function closeOnHost(transaction: Transaction, hostId: string): Promise<string[]> {
  return forget(transaction, 'ph.host_id = ANY ($1::uuid[]) AND p.host_id IS DISTINCT FROM ph.host_id', [hostId]);
}

const isSilent = '(ph.refusal IS NOT NULL OR NOT EXISTS (SELECT FROM host h WHERE h.id = ph.host_id AND h.is_alive))';

/** A port that is to be deleted waits for no host that is silent, but for its endpoint's. */
export async function closeOnSilentHosts(transaction: Transaction, portIds: string[]): Promise<void> {
  await forget(transaction, `ph.port_id = ANY ($1::uuid[]) AND p.host_id IS DISTINCT FROM ph.host_id AND ${isSilent}`, portIds);
}

/** Hosts have fallen silent on which ports are being closed. */
export async function finishOnSilentHosts(transaction: Transaction, hostIds: string[]): Promise<void> {
  await forget(
    transaction,
    `ph.host_id = ANY ($1::uuid[]) AND p.deletion_requested_at IS NOT NULL AND p.host_id IS DISTINCT FROM ph.host_id AND ${isSilent}`,
    hostIds,
  );
}

/** Deletes ports that are to go, and that no host has any more. */
export async function finishPorts(transaction: Transaction, portIds: string[]): Promise<void> {
  if (portIds.length === 0) return;
  const gone = await transaction.query<{ id: string; name: string; tenant_id: string }>(
    `DELETE FROM port p WHERE p.id = ANY ($1::uuid[]) AND p.deletion_requested_at IS NOT NULL AND NOT EXISTS (SELECT FROM port_host ph WHERE ph.port_id = p.id) RETURNING p.id, p.name, p.tenant_id`,
    [portIds],
  );
  for (const { id, name, tenant_id: tenantId } of gone) transaction.announce(tenantId, 'port', id, name);
}

/** Gives the ids of the ports. */
async function forget(transaction: Transaction, which: string, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  // Networks that leave hosts may be others', and so are the hosts' policies.
  await transaction.leaveTenant();
  const closed = await transaction.query<{ id: string; name: string; host_id: string; network_host_id: string | null; network_id: string }>(
    `DELETE FROM port_host ph USING port p, endpoint e WHERE p.id = ph.port_id AND e.id = p.endpoint_id AND ${which}
     RETURNING p.id, p.name, ph.host_id, ph.network_host_id, e.network_id`,
    [ids],
  );
  for (const { id, name, host_id: hostId } of closed) transaction.announce(hostId, 'port', id, name);
  const left = closed.flatMap(({ network_host_id: stood, network_id: networkId, host_id: hostId }) =>
    stood === null ? [] : [{ networkId, hostId }],
  );
  await leaveEmptyHosts(transaction, left);
  const portIds = [...new Set(closed.map(({ id }) => id))];
  await finishPorts(transaction, portIds);
  return portIds;
}
