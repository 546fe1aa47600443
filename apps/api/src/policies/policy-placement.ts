import type { Transaction } from '../database/transaction';

/** A network comes to a host: so do its policies, before the endpoint for which it comes. */
export async function bringPolicies(transaction: Transaction, networkId: string, hostId: string): Promise<void> {
  const policies = await transaction.query<{ id: string; name: string }>(
    `WITH placed AS (
       INSERT INTO policy_host (policy_id, host_id) SELECT id, $2 FROM policy WHERE network_id = $1 AND deletion_requested_at IS NULL ORDER BY id ON CONFLICT DO NOTHING RETURNING policy_id
     ) SELECT p.id, p.name FROM policy p JOIN placed ON placed.policy_id = p.id`,
    [networkId, hostId],
  );
  for (const { id, name } of policies) transaction.announce(hostId, 'policy', id, name);
}

/** Tells every host that has the policies of a change to them. */
export async function announceToHosts(transaction: Transaction, policyIds: string[]): Promise<void> {
  const placed = await transaction.query<{ id: string; name: string; host_id: string }>(
    'SELECT p.id, p.name, ph.host_id FROM policy_host ph JOIN policy p ON p.id = ph.policy_id WHERE p.id = ANY ($1::uuid[])',
    [policyIds],
  );
  for (const { id, name, host_id: hostId } of placed) transaction.announce(hostId, 'policy', id, name);
}
