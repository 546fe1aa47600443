import { NetyardError } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { announceToHosts } from './policy-placement';

/** Marks policies as going, tells their hosts, and deletes those that are nowhere. Rows that are handed in must be locked. */
export async function removePolicies(transaction: Transaction, ids: string[], { force }: { force: boolean }): Promise<void> {
  if (ids.length === 0) return;
  await transaction.query(
    `UPDATE policy SET deletion_requested_at = now(), generation = generation + 1, resource_version = resource_version + 1 WHERE id = ANY ($1::uuid[]) AND deletion_requested_at IS NULL`,
    [ids],
  );
  await announceToHosts(transaction, ids);
  await touchPolicies(transaction, ids);
  if (force) await transaction.query('DELETE FROM policy_host WHERE policy_id = ANY ($1::uuid[])', [ids]);
  await finishPolicies(transaction, ids);
}

/** Policies go with their networks. */
export async function removePoliciesOf(transaction: Transaction, networkIds: string[]): Promise<void> {
  const policies = await transaction.query<{ id: string }>(
    'SELECT id FROM policy WHERE network_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
    [networkIds],
  );
  await removePolicies(
    transaction,
    policies.map(({ id }) => id),
    { force: false },
  );
}

/** Deletes policies that are to go and are on no host any more. */
export async function finishPolicies(transaction: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const gone = await transaction.query<{ id: string; name: string; tenant_id: string }>(
    `DELETE FROM policy p WHERE p.id = ANY ($1::uuid[]) AND p.deletion_requested_at IS NOT NULL AND NOT EXISTS (SELECT FROM policy_host ph WHERE ph.policy_id = p.id)
     RETURNING id, name, tenant_id`,
    [ids],
  );
  for (const { id, name, tenant_id: tenantId } of gone) transaction.announce(tenantId, 'policy', id, name);
}

/** What is told of policies has changed, though not what they are to be. */
export async function touchPolicies(transaction: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const touched = await transaction.query<{ id: string; name: string; tenant_id: string }>(
    'UPDATE policy SET resource_version = resource_version + 1 WHERE id = ANY ($1::uuid[]) RETURNING id, name, tenant_id',
    [ids],
  );
  for (const { id, name, tenant_id: tenantId } of touched) transaction.announce(tenantId, 'policy', id, name);
}

/** Throws NetyardError `in-use` when a policy of another network selects endpoints of one of the networks. */
export async function assertUnselected(transaction: Transaction, networks: { id: string; name: string }[]): Promise<void> {
  const ids = networks.map(({ id }) => id);
  const [user] = await transaction.query<{ name: string; selected: string[] }>(
    `SELECT name, selected_networks AS selected FROM policy WHERE selected_networks && $1::uuid[] AND NOT network_id = ANY ($1::uuid[]) AND deletion_requested_at IS NULL ORDER BY name LIMIT 1`,
    [ids],
  );
  const network = user && networks.find(({ id }) => user.selected.includes(id));
  if (network)
    throw new NetyardError(
      'in-use',
      `policy ${user.name} of another network selects endpoints of network ${network.name}: change or delete it first`,
    );
}
