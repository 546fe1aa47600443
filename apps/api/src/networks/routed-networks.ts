import type { Transaction } from '../database/transaction';
import { fieldError } from '../objects/object-row';
import { bringRouter } from '../routers/router-placement';
import type { NewSubnet } from './subnet-choice';

/** Throws NetyardError when a subnet of a network in routers is what links one of the tenant's to its host. */
export async function assertNoUplinkClash(transaction: Transaction, tenantId: string, subnets: NewSubnet[]): Promise<void> {
  if (subnets.length === 0) return;
  const [clash] = await transaction.query<{ cidr: string; uplink: string; host: string }>(
    `SELECT c.cidr::text AS cidr, u.uplink::text AS uplink, r.name AS host
     FROM router r, unnest(ARRAY[r.uplink_ipv4, r.uplink_ipv6]) AS u (uplink), unnest($2::cidr[]) AS c (cidr) WHERE r.tenant_id = $1 AND u.uplink::inet && c.cidr::inet LIMIT 1`,
    [tenantId, subnets.map(({ plan }) => String(plan.prefix))],
  );
  if (!clash) return;
  const pointer = subnets.find(({ plan }) => String(plan.prefix) === clash.cidr)?.pointer ?? '/spec/subnets';
  throw fieldError(
    'subnet-overlap',
    `${clash.cidr} overlaps ${clash.uplink}, which links the tenant’s router on host ${clash.host} to it`,
    pointer,
  );
}

/** Brings routers to the hosts that networks are confined to. */
export async function bringRouters(
  transaction: Transaction,
  tenantId: string,
  networks: { id: string; hostId: string | null; hostName: string | null; pointer(path: string): string }[],
  subnets: NewSubnet[],
): Promise<void> {
  for (const { id, hostId, hostName, pointer } of networks)
    if (hostId !== null && hostName !== null)
      await bringRouter(transaction, {
        tenantId,
        hostId,
        hostName,
        subnets: subnets.filter(({ networkId }) => networkId === id).map(({ plan }) => ({ cidr: String(plan.prefix) })),
        pointer: pointer('/spec/host'),
      });
}
