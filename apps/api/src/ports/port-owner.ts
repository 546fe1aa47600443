import { type Condition, type DriverName, NetyardError } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { describeDriver } from '../drivers/driver-options';
import { idleConditions, pendingConditions } from '../objects/conditions';
import { assertStaying, fieldError, findByReference, notFound, splitReferences } from '../objects/object-row';
import type { PortWish } from './port-wish';

/** The endpoint that ports belong to, locked: it neither joins nor leaves meanwhile. */
export interface PortOwner {
  id: string;
  tenant_id: string;
  name: string;
  host_id: string | null;
  host_name: string | null;
  sandbox_id: string | null;
  deletion_requested_at: Date | null;
  driver: DriverName;
  network_name: string;
  internal: boolean;
  isolated: boolean;
  families: number[];
}

/** An endpoint of the tenant. Throws NetyardError `not-found`. */
export async function lockOwner(transaction: Transaction, tenantId: string, ref: string): Promise<PortOwner> {
  const { names, ids } = splitReferences([ref]);
  const rows = await transaction.query<PortOwner>(
    `SELECT e.id, e.tenant_id, e.name, e.host_id, e.sandbox_id, e.deletion_requested_at, h.name AS host_name, n.driver, n.name AS network_name, n.internal, n.options -> 'isolateEndpoints' = 'true' AS isolated,
       ARRAY(SELECT DISTINCT family(a.address) FROM address a WHERE a.endpoint_id = e.id) AS families
     FROM endpoint e JOIN network n ON n.id = e.network_id LEFT JOIN host h ON h.id = e.host_id
     WHERE e.tenant_id = $1 AND (e.name = ANY ($2) OR e.id = ANY ($3::uuid[])) FOR NO KEY UPDATE OF e FOR KEY SHARE OF n`,
    [tenantId, names, ids],
  );
  const owner = findByReference(rows, ref);
  if (!owner) throw notFound('endpoint', ref);
  return owner;
}

/** Throws NetyardError when the endpoint cannot have such a port. */
export function assertPublishable(owner: PortOwner, { hostAddress, publish }: PortWish, pointer: (path: string) => string): void {
  assertStaying('endpoint', owner);
  const { name, driver, network_name: network, internal, families } = owner;
  if (!describeDriver(driver).passesHost)
    throw new NetyardError(
      'invalid-value',
      `endpoint ${name} is on network ${network} of driver ${driver}: ${whyNoPorts[driver] ?? 'it has no address'}`,
    );
  if (internal) throw new NetyardError('invalid-value', `endpoint ${name} is on network ${network}, which is internal: there is no way in`);
  if (publish === 'everywhere' && driver !== 'overlay')
    throw fieldError(
      'invalid-value',
      `endpoint ${name} is on network ${network} of driver ${driver}, which other hosts have no way into: only ports of overlay networks are published everywhere`,
      pointer('/publish'),
    );
  if (publish === 'everywhere' && owner.isolated)
    throw fieldError(
      'invalid-value',
      `network ${network} keeps its endpoints from everything on other hosts (isolateEndpoints), so these cannot lead to endpoint ${name}`,
      pointer('/publish'),
    );
  const family = hostAddress.includes(':') ? 6 : 4;
  if (!families.includes(family))
    throw fieldError(
      'invalid-value',
      `endpoint ${name} has no IPv${family} address that ${hostAddress} could lead to`,
      pointer('/hostAddress'),
    );
}

const whyNoPorts: Partial<Record<DriverName, string>> = {
  host: 'what listens there has the host’s own ports',
  none: 'it has no address that a port could lead to',
  macvlan: 'it is on the wire, with all ports of an address of its own',
  ipvlan: 'it is on the wire, with all ports of an address of its own',
};

/** What a port says of itself before a host has. */
export const initialConditions = ({ host_id: hostId, host_name: hostName, sandbox_id: sandboxId, name }: PortOwner): Condition[] =>
  hostId === null || sandboxId === null
    ? idleConditions('NotJoined', `endpoint ${name} is joined to no sandbox`, 1)
    : pendingConditions(`host ${hostName} has not reported yet`);
