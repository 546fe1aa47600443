import { type Condition, defaultTenantName } from '@netyard/contracts';
import { driverDescriptions } from '@netyard/drivers';
import type { Transaction } from '../database/transaction';

const onBridges = driverDescriptions.filter(({ passesHost }) => passesHost).map(({ name }) => `'${name}'`);

/**
 * SQL: which addresses of the underlay of host `h` lie in subnets of networks that stand in hosts' own namespaces, in words; null: none. Creating such a network is refused while the host is
 * there: it came later, or has another address now. Networks in routers lead nobody astray.
 */
export const underlayClashSql = `(
  SELECT string_agg(format('%s lies in %s of network %s', u.address, s.cidr, n.name), ', ' ORDER BY s.cidr)
  FROM (SELECT (a ->> 'address')::inet AS address FROM jsonb_array_elements(h.facts -> 'underlay') a) u
  JOIN tenant t ON t.name = '${defaultTenantName}' JOIN subnet s ON s.address_space_id = t.address_space_id AND s.cidr::inet && u.address
  JOIN network n ON n.id = s.network_id AND n.driver IN (${onBridges.join(', ')}))`;

/** What a host says besides when its underlay clashes. Hosts that have the network look for it on the wrong link. */
export function underlayClashCondition(clash: string, lastTransitionTime: string): Condition {
  return {
    type: 'UnderlayClear',
    status: 'False',
    reason: 'SubnetOverlap',
    message: `${clash}: hosts that have it do not reach this one there; give the host another address, or the network another subnet`,
    lastTransitionTime,
    observedGeneration: 1,
  };
}

/** Writes down that a host has an address of the underlay that lies in a subnet. The transaction must be the deployment's. */
export async function noteUnderlayClash(transaction: Transaction, { id, name }: { id: string; name: string }): Promise<void> {
  const [row] = await transaction.query<{ clash: string | null }>(`SELECT ${underlayClashSql} AS clash FROM host h WHERE h.id = $1`, [id]);
  if (row?.clash)
    transaction.note({
      tenantId: null,
      kind: 'host',
      id,
      name,
      type: 'Warning',
      reason: 'UnderlayInSubnet',
      message: `of the underlay of host ${name}, ${row.clash}`,
    });
}
