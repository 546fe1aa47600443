import type { Transaction } from '../database/transaction';

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
