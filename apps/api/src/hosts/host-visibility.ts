import type { Transaction } from '../database/transaction';
import { fieldError, findByReference, splitReferences, unknownReference } from '../objects/object-row';

/** Whether a host is there for a tenant, as SQL: it is for all unless it is limited to some. */
export const isHostVisible = (host: string, tenant: string): string =>
  `(NOT EXISTS (SELECT FROM host_tenant v WHERE v.host_id = ${host}.id) OR EXISTS (SELECT FROM host_tenant v WHERE v.host_id = ${host}.id AND v.tenant_id = ${tenant}))`;

/** Tells every tenant that sees a host of a change to it. The transaction must be the deployment's. */
export async function announceHost(transaction: Transaction, { id, name }: { id: string; name: string }): Promise<void> {
  const tenants = await transaction.query<{ id: string }>(
    `SELECT t.id FROM tenant t, host h WHERE h.id = $1 AND ${isHostVisible('h', 't.id')}`,
    [id],
  );
  for (const tenant of tenants) transaction.announce(tenant.id, 'host', id, name);
}

/** A host that something is to be placed on. */
export interface PlaceableHost extends Record<string, unknown> {
  id: string;
  name: string;
  is_drained: boolean;
}

/** A host that is there for a tenant; it is not given up meanwhile. Throws NetyardError `unknown-reference`. */
export async function findHost(transaction: Transaction, tenantId: string, ref: string, pointer: string): Promise<PlaceableHost> {
  const host = findByReference(await findHosts(transaction, tenantId, [ref]), ref);
  if (!host) throw unknownReference('host', ref, pointer);
  return host;
}

/** Hosts that are there for a tenant, of those that are named. */
export async function findHosts(transaction: Transaction, tenantId: string, refs: string[]): Promise<PlaceableHost[]> {
  if (refs.length === 0) return [];
  const { names, ids } = splitReferences(refs);
  return transaction.query<PlaceableHost>(
    `SELECT id, name, is_drained FROM host WHERE ${isHostVisible('host', '$1')} AND (name = ANY ($2) OR id = ANY ($3::uuid[])) FOR KEY SHARE`,
    [tenantId, names, ids],
  );
}

/** Throws NetyardError `host-drained` when nothing new is to be placed on one of the hosts; it names those that take it, of which there are for the tenant. */
export async function assertTaking(
  transaction: Transaction,
  tenantId: string,
  hosts: Pick<PlaceableHost, 'name' | 'is_drained'>[],
  pointerTo: (hostName: string) => string,
): Promise<void> {
  const drained = hosts.find((host) => host.is_drained);
  if (!drained) return;
  const others = await transaction.query<{ name: string }>(
    `SELECT name FROM host WHERE ${isHostVisible('host', '$1')} AND is_alive AND NOT is_drained ORDER BY name LIMIT 10`,
    [tenantId],
  );
  const told = others.length === 0 ? 'no other host takes it' : `hosts that take it: ${others.map(({ name }) => name).join(', ')}`;
  throw fieldError('host-drained', `host ${drained.name} is drained: nothing new is placed on it; ${told}`, pointerTo(drained.name));
}
