import type { Transaction } from '../database/transaction';
import { fieldError } from '../objects/object-row';
import { type Placement, rangeOf } from './host-ports';

const holderSql = `
  SELECT p.name, p.tenant_id, e.name AS endpoint, h.name AS host, host(ph.host_address) AS address, ph.host_port, ph.count
  FROM unnest($1::uuid[]) AS w (id) JOIN host h ON h.id = w.id JOIN port_host ph ON ph.host_id = h.id AND ph.refusal IS NULL JOIN port p ON p.id = ph.port_id JOIN endpoint e ON e.id = p.endpoint_id
  WHERE ph.protocol = $2 AND ph.address_range && ${rangeOf} AND ph.host_ports && int4range($4::int, $4::int + $5::int) AND ph.port_id <> $6 ORDER BY h.name, ph.host_port LIMIT 1`;

const nobody = '00000000-0000-0000-0000-000000000000';

/** A place of a host that somebody has. */
export interface PortHolder {
  name: string;
  tenant_id: string;
  endpoint: string;
  host: string;
  address: string;
  host_port: number;
  count: number;
}

/** Throws NetyardError `port-in-use` that says who has a port of one of the hosts; of another tenant's only that it is so. */
export async function assertPortFree(
  transaction: Transaction,
  { hostIds, protocol, hostAddress, count }: Placement,
  hostPort: number,
  { tenantId, portId = nobody, pointer }: { tenantId: string; portId?: string; pointer: string },
): Promise<void> {
  // Ports of the hosts are everybody's.
  await transaction.leaveTenant();
  const [holder] = await transaction.query<PortHolder>(holderSql, [hostIds, protocol, hostAddress, hostPort, count, portId]);
  if (!holder) return;
  const asked = { protocol, address: hostAddress, first: hostPort, count };
  throw fieldError('port-in-use', whose(holder, tenantId, asked, ` of host ${holder.host}`), pointer);
}

/** Who has what was asked for, in words; of another tenant's only that it is so. `where`: the host, if that has to be said. */
export function whose(
  holder: PortHolder,
  tenantId: string,
  asked: { protocol: string; address: string; first: number; count: number },
  where: string,
): string {
  const isOwn = holder.tenant_id === tenantId;
  const { address, first, count } = isOwn ? { address: holder.address, first: holder.host_port, count: holder.count } : asked;
  const ports = count === 1 ? String(first) : `${first}-${first + count - 1}`;
  const place = address.includes(':') ? `[${address}]` : address;
  return `${asked.protocol} ${place}:${ports}${where} is published${isOwn ? ` by endpoint ${holder.endpoint} (port ${holder.name})` : ' already'}`;
}

/** When it was taken in the same moment, or twice in one request. */
export const portsCollide = (pointer: string) =>
  fieldError('port-in-use', 'a port of the request is published by another one of the same request, or of the same moment', pointer);
