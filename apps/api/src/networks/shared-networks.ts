import { NetyardError } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { notFound, splitReferences } from '../objects/object-row';

/** Whether a tenant may use a network of somebody else, as SQL. Such a network is referred to by its id: names are its own tenant's. */
export const isSharedWith = (network: string, tenant: string): string =>
  `EXISTS (SELECT FROM network_use s WHERE s.network_id = ${network} AND s.tenant_id = ${tenant} AND s.owner_id <> s.tenant_id)`;

/** The networks of others that a tenant may use. */
export async function sharedWith(reader: Pick<Transaction, 'query'>, tenantId: string): Promise<string[]> {
  const rows = await reader.query<{ network_id: string }>(
    'SELECT network_id FROM network_use WHERE tenant_id = $1 AND owner_id <> tenant_id',
    [tenantId],
  );
  return rows.map((row) => row.network_id);
}

/** Why a network that is not the tenant's own cannot be changed: it is not there, or there to be used alone. */
export async function notManaged(transaction: Transaction, tenantId: string, ref: string): Promise<NetyardError> {
  const { ids } = splitReferences([ref]);
  const [shared] = await transaction.query<{ name: string }>(
    `SELECT name FROM network n WHERE id = ANY ($2::uuid[]) AND ${isSharedWith('n.id', '$1')}`,
    [tenantId, ids],
  );
  return shared
    ? new NetyardError('forbidden', `network ${shared.name} is shared with this tenant: it can be used, and not changed`)
    : notFound('network', ref);
}
