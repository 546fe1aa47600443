import type { Transaction } from '../database/transaction';
import { fieldError } from '../objects/object-row';

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

/** Throws NetyardError `host-drained` when nothing new is to be placed there. */
export function assertNotDrained({ name, is_drained: isDrained }: PlaceableHost, pointer: string): void {
  if (isDrained) throw fieldError('host-drained', `host ${name} is drained: nothing new is placed on it`, pointer);
}
