import type { Transaction } from '../database/transaction';
import { fieldError } from '../objects/object-row';
import { type Placement, rangeOf } from './host-ports';

const holderSql = `
  SELECT p.name, p.tenant_id, e.name AS endpoint, host(p.host_address) AS address, p.host_port, p.count FROM port p JOIN endpoint e ON e.id = p.endpoint_id
  WHERE p.host_id = $1 AND p.protocol = $2 AND p.address_range && ${rangeOf} AND p.host_ports && int4range($4::int, $4::int + $5::int) AND p.id <> $6 ORDER BY p.host_port LIMIT 1`;

const nobody = '00000000-0000-0000-0000-000000000000';

/** Throws NetyardError `port-in-use` that says who has a port of a host; of another tenant's only that it is so. */
export async function assertPortFree(
  transaction: Transaction,
  { hostId, hostName, protocol, hostAddress, count }: Placement,
  hostPort: number,
  { tenantId, portId = nobody, pointer }: { tenantId: string; portId?: string; pointer: string },
): Promise<void> {
  // Ports of the host are everybody's.
  await transaction.leaveTenant();
  const [holder] = await transaction.query<{
    name: string;
    tenant_id: string;
    endpoint: string;
    address: string;
    host_port: number;
    count: number;
  }>(holderSql, [hostId, protocol, hostAddress, hostPort, count, portId]);
  if (!holder) return;
  const isOwn = holder.tenant_id === tenantId;
  const [address, first, size] = isOwn ? [holder.address, holder.host_port, holder.count] : [hostAddress, hostPort, count];
  const ports = size === 1 ? String(first) : `${first}-${first + size - 1}`;
  const place = address.includes(':') ? `[${address}]` : address;
  const whose = isOwn ? ` by endpoint ${holder.endpoint} (port ${holder.name})` : ' already';
  throw fieldError('port-in-use', `${protocol} ${place}:${ports} of host ${hostName} is published${whose}`, pointer);
}

/** When it was taken in the same moment, or twice in one request. */
export const portsCollide = (pointer: string) =>
  fieldError('port-in-use', 'a port of the request is published by another one of the same request, or of the same moment', pointer);
