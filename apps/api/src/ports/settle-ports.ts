import type { Condition } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { readyCondition } from '../objects/conditions';
import { touchEndpoints } from '../objects/removals';
import { publishedEverywhere, type PortOnHost } from './published';

interface SettledPort {
  id: string;
  name: string;
  tenant_id: string;
  endpoint_id: string;
  generation: number;
  publish: 'host' | 'everywhere';
  conditions: Condition[];
  hosts: PortOnHost[];
}

/** SQL: what hosts have said of port `p`, as `PortOnHost`. */
export const hostsOfPort = `
  SELECT coalesce(jsonb_agg(jsonb_build_object('host', h.name, 'isOwn', ph.host_id = p.host_id, 'isAlive', h.is_alive, 'observedGeneration', ph.observed_generation,
    'conditions', ph.conditions, 'refusal', ph.refusal) ORDER BY h.name), '[]') FROM port_host ph JOIN host h ON h.id = ph.host_id WHERE ph.port_id = p.id`;

/** Derives what ports say of themselves from what their hosts have said, and tells of it where it is news. Ports that are handed in must be locked. */
export async function settlePorts(transaction: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await transaction.query<SettledPort>(
    `SELECT p.id, p.name, p.tenant_id, p.endpoint_id, p.generation, p.publish, p.conditions, (${hostsOfPort}) AS hosts FROM port p WHERE p.id = ANY ($1::uuid[])`,
    [[...new Set(ids)]],
  );
  const changed = rows.flatMap((row) => {
    const conditions = conditionsOf(row);
    return JSON.stringify(conditions) === JSON.stringify(row.conditions) ? [] : [{ ...row, conditions, previous: row.conditions }];
  });
  if (changed.length === 0) return;
  await transaction.query(
    `UPDATE port p SET conditions = r.conditions, is_ready = (r.conditions -> 0 ->> 'status' = 'True'), resource_version = p.resource_version + 1
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, conditions jsonb) WHERE p.id = r.id`,
    [JSON.stringify(changed.map(({ id, conditions }) => ({ id, conditions })))],
  );
  for (const change of changed) {
    transaction.announce(change.tenant_id, 'port', change.id, change.name);
    noteFailure(transaction, change);
  }
  await touchEndpoints(transaction, [...new Set(changed.map((row) => row.endpoint_id))]);
}

/** A host has fallen silent, or is heard of again: ports that are published there wait for it no more, or do. */
export async function settlePortsOn(transaction: Transaction, hostIds: string[]): Promise<void> {
  const ports = await transaction.query<{ id: string }>(
    `SELECT p.id FROM port p WHERE p.publish = 'everywhere' AND EXISTS (SELECT FROM port_host ph WHERE ph.port_id = p.id AND ph.host_id = ANY ($1::uuid[])) ORDER BY p.id FOR NO KEY UPDATE`,
    [hostIds],
  );
  await settlePorts(
    transaction,
    ports.map(({ id }) => id),
  );
}

function conditionsOf({ publish, hosts, generation, conditions }: SettledPort): Condition[] {
  if (publish === 'everywhere' && hosts.length > 0) return publishedEverywhere(hosts, generation, conditions);
  const [own] = hosts;
  return own && own.conditions.length > 0 ? own.conditions : conditions;
}

function noteFailure(
  transaction: Transaction,
  { id, name, tenant_id: tenantId, conditions, previous }: SettledPort & { previous: Condition[] },
): void {
  const ready = readyCondition(conditions);
  const before = readyCondition(previous);
  if (ready?.status !== 'False' || ready.reason === 'Pending' || (before?.reason === ready.reason && before.message === ready.message))
    return;
  transaction.note({ tenantId, kind: 'port', id, name, type: 'Warning', reason: ready.reason || 'Failed', message: ready.message });
}
