import { NetyardError } from '@netyard/contracts';
import { Injectable } from '@nestjs/common';
import { releaseAddresses } from '../addresses/address-allocator';
import type { Transaction } from '../database/transaction';
import { announceKeysOf } from '../encryption/key-announcements';
import { idleConditions } from './conditions';
import { announceEndpoints, hostsOf } from '../overlay/announce';
import { leaveEmptyHosts } from '../overlay/tunnel-placement';
import { leaveRouters } from '../routers/router-placement';
import { announcePorts, closeElsewhereOf } from '../ports/port-hosts';
import { assertUnselected, removePoliciesOf } from '../policies/policy-removal';
import type { ObjectRow } from './object-row';

/** As much of an endpoint as its removal needs. */
export interface RemovableEndpoint {
  id: string;
  tenant_id: string;
  name: string;
  network_id: string;
  sandbox_id: string | null;
  host_id: string | null;
  is_peer: boolean;
  deletion_requested_at: Date | null;
}

export type RemovableSandbox = Pick<ObjectRow, 'id' | 'tenant_id' | 'name' | 'deletion_requested_at'> & { host_id: string };
export type RemovableNetwork = Pick<ObjectRow, 'id' | 'tenant_id' | 'name' | 'deletion_requested_at'>;

export interface RemovalOptions {
  /** Remove at once what hosts still have: they are told to forget it. */
  force: boolean;
}

const namedInError = 10;

/** How objects go: what is on a host is marked until the host has been cleaned, the rest goes at once. Rows that are handed in must be locked. */
@Injectable()
export class Removals {
  async removeEndpoints(transaction: Transaction, rows: RemovableEndpoint[], { force }: RemovalOptions): Promise<void> {
    // Of a network that is shared.
    await transaction.leaveTenant();
    const atOnce = rows.filter(({ host_id: hostId }) => force || hostId === null);
    const later = rows.filter((row) => !atOnce.includes(row) && row.deletion_requested_at === null);
    await announceEndpoints(transaction, [...atOnce, ...later]);
    await closeElsewhereOf(
      transaction,
      later.map(({ id }) => id),
    );
    await this.purgeEndpoints(transaction, atOnce);
    await mark(
      transaction,
      'endpoint',
      later.map(({ id }) => id),
    );
    for (const { id, name, tenant_id: tenantId } of later) {
      transaction.announce(tenantId, 'endpoint', id, name);
      transaction.note({
        tenantId,
        kind: 'endpoint',
        id,
        name,
        type: 'Normal',
        reason: 'Deleting',
        message: `endpoint ${name} is being deleted`,
      });
    }
  }

  /** Removes sandboxes and the endpoints that are joined to them; those that move get nowhere any more. */
  async removeSandboxes(transaction: Transaction, rows: RemovableSandbox[], { force }: RemovalOptions): Promise<void> {
    const ids = rows.map(({ id }) => id);
    const endpoints = await transaction.query<RemovableEndpoint>(
      'SELECT * FROM endpoint WHERE sandbox_id = ANY ($1::uuid[]) OR returns_to = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
      [ids],
    );
    await this.removeEndpoints(transaction, endpoints, { force });
    if (force) await transaction.query('DELETE FROM sandbox WHERE id = ANY ($1::uuid[])', [ids]);
    else await mark(transaction, 'sandbox', ids);
    await transaction.query('UPDATE sandbox SET next_host_id = NULL WHERE id = ANY ($1::uuid[]) AND next_host_id IS NOT NULL', [ids]);
    for (const { id, name, host_id: hostId, tenant_id: tenantId } of rows) {
      transaction.announce(hostId, 'sandbox', id, name);
      transaction.announce(tenantId, 'sandbox', id, name);
      transaction.note({
        tenantId,
        kind: 'sandbox',
        id,
        name,
        type: 'Normal',
        reason: 'Deleting',
        message: `sandbox ${name} is being deleted`,
      });
    }
  }

  /** Removes networks; their endpoints too with `cascade`, else throws NetyardError `in-use` that names some. */
  async removeNetworks(
    transaction: Transaction,
    rows: RemovableNetwork[],
    { cascade, force }: RemovalOptions & { cascade: boolean },
  ): Promise<void> {
    // Endpoints of those with whom it is shared go with it, or keep it.
    await transaction.leaveTenant();
    const ids = rows.map(({ id }) => id);
    const endpoints = await transaction.query<RemovableEndpoint>(
      'SELECT * FROM endpoint WHERE network_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
      [ids],
    );
    if (!cascade)
      assertUnused(
        rows,
        endpoints.filter((endpoint) => endpoint.deletion_requested_at === null),
      );
    await assertUnselected(transaction, rows);
    await removePoliciesOf(transaction, ids);
    await mark(
      transaction,
      'network',
      rows.filter((row) => row.deletion_requested_at === null).map(({ id }) => id),
    );
    await this.removeEndpoints(transaction, endpoints, { force });
    for (const row of rows) {
      await this.announceNetworkToHosts(transaction, row);
      const { id, name, tenant_id: tenantId } = row;
      transaction.announce(tenantId, 'network', id, name);
      transaction.note({
        tenantId,
        kind: 'network',
        id,
        name,
        type: 'Normal',
        reason: 'Deleting',
        message: `network ${name} is being deleted`,
      });
    }
    if (force) await announceKeysOf(transaction, ids);
    await this.finishNetworks(transaction, ids, { force });
  }

  /** Tells every host that has the network of a change to it. */
  async announceNetworkToHosts(transaction: Transaction, { id, name }: Pick<RemovableNetwork, 'id' | 'name'>): Promise<void> {
    const hosts = await hostsOf(transaction, [id]);
    for (const hostId of hosts.get(id) ?? []) transaction.announce(hostId, 'network', id, name);
  }

  /** Deletes endpoints that are on no host (any more), gives their addresses back, and lets go what waited for that. */
  async purgeEndpoints(transaction: Transaction, rows: RemovableEndpoint[]): Promise<void> {
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await announcePortsOf(transaction, ids);
    await closeElsewhereOf(transaction, ids);
    await releaseAddresses(transaction, ids);
    await this.leaveHosts(transaction, rows);
    await transaction.query('DELETE FROM endpoint WHERE id = ANY ($1::uuid[])', [ids]);
    for (const { id, name, tenant_id: tenantId } of rows) transaction.announce(tenantId, 'endpoint', id, name);
    await this.#finishParents(transaction, rows);
  }

  /** Takes endpoints off the count of the hosts they were on, with the leases that they had there, and networks off hosts that have none left. */
  async leaveHosts(transaction: Transaction, rows: RemovableEndpoint[]): Promise<void> {
    const placed = rows.filter(({ host_id: hostId }) => hostId !== null);
    if (placed.length === 0) return;
    await transaction.query('DELETE FROM lease WHERE endpoint_id = ANY ($1::uuid[])', [placed.map(({ id }) => id)]);
    const counted = await transaction.query<{ network_id: string; host_id: string; endpoints: number }>(
      `UPDATE network_host nh SET endpoints = nh.endpoints - c.count
       FROM (SELECT network_id, host_id, count(*)::int AS count FROM unnest($1::uuid[], $2::uuid[]) AS e (network_id, host_id) GROUP BY 1, 2 ORDER BY 1, 2) c
       WHERE nh.network_id = c.network_id AND nh.host_id = c.host_id RETURNING nh.network_id, nh.host_id, nh.endpoints`,
      [placed.map((row) => row.network_id), placed.map((row) => row.host_id)],
    );
    const empty = counted.filter(({ endpoints }) => endpoints <= 0);
    if (empty.length > 0)
      await leaveEmptyHosts(
        transaction,
        empty.map((row) => ({ networkId: row.network_id, hostId: row.host_id })),
      );
  }

  /** Deletes networks that are to go and are nowhere any more; with `force` wherever hosts have them. */
  async finishNetworks(transaction: Transaction, ids: string[], { force }: RemovalOptions = { force: false }): Promise<void> {
    if (ids.length === 0) return;
    const left = await transaction.query<{ tenant_id: string; host_id: string }>(
      `DELETE FROM network_host nh USING network n WHERE n.id = nh.network_id AND nh.network_id = ANY ($1::uuid[]) AND ($2 OR (nh.gone AND nh.endpoints <= 0)) RETURNING n.tenant_id, nh.host_id`,
      [ids, force],
    );
    await leaveRouters(
      transaction,
      left.map((row) => ({ tenantId: row.tenant_id, hostId: row.host_id })),
    );
    // They go with their network.
    const policies = await transaction.query<{ id: string; name: string; tenant_id: string; network_id: string }>(
      'SELECT id, name, tenant_id, network_id FROM policy WHERE network_id = ANY ($1::uuid[])',
      [ids],
    );
    const gone = await transaction.query<{ id: string; name: string; tenant_id: string }>(
      `DELETE FROM network n WHERE n.id = ANY ($1::uuid[]) AND n.deletion_requested_at IS NOT NULL
         AND NOT EXISTS (SELECT FROM network_host nh WHERE nh.network_id = n.id) AND NOT EXISTS (SELECT FROM endpoint e WHERE e.network_id = n.id)
       RETURNING id, name, tenant_id`,
      [ids],
    );
    for (const { id, name, tenant_id: tenantId } of gone) transaction.announce(tenantId, 'network', id, name);
    for (const { id, name, tenant_id: tenantId, network_id: networkId } of policies)
      if (gone.some((network) => network.id === networkId)) transaction.announce(tenantId, 'policy', id, name);
  }

  /** Deletes sandboxes that are to go, whose host has been cleaned and whose endpoints are gone. */
  async finishSandboxes(transaction: Transaction, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const gone = await transaction.query<{ id: string; name: string; tenant_id: string }>(
      `DELETE FROM sandbox s WHERE s.id = ANY ($1::uuid[]) AND s.gone AND s.deletion_requested_at IS NOT NULL AND NOT EXISTS (SELECT FROM endpoint e WHERE e.sandbox_id = s.id)
       RETURNING id, name, tenant_id`,
      [ids],
    );
    for (const { id, name, tenant_id: tenantId } of gone) transaction.announce(tenantId, 'sandbox', id, name);
  }

  /** Networks and sandboxes count their endpoints, and may have waited for the last one. */
  async #finishParents(transaction: Transaction, rows: RemovableEndpoint[]): Promise<void> {
    const networks = await touchNetworks(
      transaction,
      rows.map((row) => row.network_id),
      -1,
    );
    const sandboxIds = [...new Set(rows.flatMap((row) => row.sandbox_id ?? []))];
    const sandboxes = await touchSandboxes(transaction, sandboxIds);
    await this.finishNetworks(
      transaction,
      networks.filter(({ deleting }) => deleting).map(({ id }) => id),
    );
    await this.finishSandboxes(
      transaction,
      sandboxes.filter(({ deleting }) => deleting).map(({ id }) => id),
    );
  }
}

interface Touched {
  id: string;
  name: string;
  tenant_id: string;
  deleting: boolean;
}

/** Counts endpoints that came (1) or went (-1), one for each mention of a network, and tells of it. */
export async function touchNetworks(transaction: Transaction, networkIds: string[], difference: 1 | -1): Promise<Touched[]> {
  const touched = await transaction.query<Touched>(
    `WITH counted AS (SELECT id, count(*)::int AS count FROM unnest($1::uuid[]) AS c (id) GROUP BY id),
     locked AS MATERIALIZED (SELECT n.id FROM network n WHERE n.id = ANY ($1::uuid[]) ORDER BY n.id FOR NO KEY UPDATE)
     UPDATE network n SET endpoint_count = n.endpoint_count + c.count * $2::int, resource_version = n.resource_version + 1
     FROM locked l JOIN counted c ON c.id = l.id WHERE n.id = l.id
     RETURNING n.id, n.name, n.tenant_id, n.deletion_requested_at IS NOT NULL AS deleting`,
    [networkIds, difference],
  );
  for (const { id, name, tenant_id: tenantId } of touched) transaction.announce(tenantId, 'network', id, name);
  return touched;
}

/** Ports go with their endpoint: the hosts and watches that know them are told. */
async function announcePortsOf(transaction: Transaction, endpointIds: string[]): Promise<void> {
  const ports = await transaction.query<{ id: string }>('SELECT id FROM port WHERE endpoint_id = ANY ($1::uuid[])', [endpointIds]);
  await announcePorts(
    transaction,
    ports.map(({ id }) => id),
  );
}

/** Takes the ports of endpoints that have left off their hosts; automatic ones are chosen anew when the endpoint joins again. */
export async function takePortsOffHosts(transaction: Transaction, endpointIds: string[]): Promise<void> {
  if (endpointIds.length === 0) return;
  await announcePortsOf(transaction, endpointIds);
  await transaction.query('DELETE FROM port_host ph USING port p WHERE p.id = ph.port_id AND p.endpoint_id = ANY ($1::uuid[])', [
    endpointIds,
  ]);
  await transaction.query('DELETE FROM port WHERE endpoint_id = ANY ($1::uuid[]) AND deletion_requested_at IS NOT NULL', [endpointIds]);
  await transaction.query(
    `UPDATE port SET host_id = NULL, host_port = NULL, is_ready = false, conditions = $2, resource_version = resource_version + 1 WHERE endpoint_id = ANY ($1::uuid[])`,
    [endpointIds, JSON.stringify(idleConditions('NotJoined', 'Its endpoint is joined to no sandbox.', 1))],
  );
}

/** What is told of endpoints has changed, though not what they are to be. */
export async function touchEndpoints(transaction: Transaction, endpointIds: string[]): Promise<void> {
  if (endpointIds.length === 0) return;
  const touched = await transaction.query<{ id: string; name: string; tenant_id: string }>(
    'UPDATE endpoint SET resource_version = resource_version + 1 WHERE id = ANY ($1::uuid[]) RETURNING id, name, tenant_id',
    [endpointIds],
  );
  for (const { id, name, tenant_id: tenantId } of touched) transaction.announce(tenantId, 'endpoint', id, name);
}

/** What is told of sandboxes has changed, though not what they are to be. */
export async function touchSandboxes(transaction: Transaction, sandboxIds: string[]): Promise<Touched[]> {
  if (sandboxIds.length === 0) return [];
  const touched = await transaction.query<Touched>(
    `UPDATE sandbox SET resource_version = resource_version + 1 WHERE id = ANY ($1::uuid[]) RETURNING id, name, tenant_id, deletion_requested_at IS NOT NULL AS deleting`,
    [sandboxIds],
  );
  for (const { id, name, tenant_id: tenantId } of touched) transaction.announce(tenantId, 'sandbox', id, name);
  return touched;
}

async function mark(transaction: Transaction, table: 'network' | 'sandbox' | 'endpoint', ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await transaction.query(
    `UPDATE ${table} SET deletion_requested_at = now(), generation = generation + 1, resource_version = resource_version + 1 WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
}

function assertUnused(networks: RemovableNetwork[], endpoints: RemovableEndpoint[]): void {
  const used = networks.find(({ id }) => endpoints.some((endpoint) => endpoint.network_id === id));
  if (!used) return;
  const inside = endpoints.filter((endpoint) => endpoint.network_id === used.id);
  const names = inside
    .filter((endpoint) => endpoint.tenant_id === used.tenant_id)
    .map(({ name }) => name)
    .sort();
  const more = names.length > namedInError ? [`${names.length - namedInError} more`] : [];
  const others = inside.length > names.length ? [`${inside.length - names.length} of other tenants`] : [];
  const told = [names.slice(0, namedInError).join(', '), ...more, ...others].filter(Boolean).join(' and ');
  throw new NetyardError(
    'in-use',
    `network ${used.name} has ${inside.length} endpoints: ${told}; delete them first, or ask for cascade=true`,
  );
}
