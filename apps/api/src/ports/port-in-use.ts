import type { NetyardError } from '@netyard/contracts';
import type { Database } from '../database/database';
import { fieldError } from '../objects/object-row';

/** The conflict in words: which port of which endpoint has it. */
export async function portInUse(database: Pick<Database, 'query'>, error: unknown, pointer: string): Promise<NetyardError> {
  const key = /with existing key .*?=\(([^,]+), ([^,]+), ([^,]+), \[(\d+),(\d+)\)\)/.exec(detailOf(error));
  const [, hostId = '', protocol = '', , first = ''] = key ?? [];
  const [holder] = key
    ? await database.query<{ name: string; endpoint: string; host: string; address: string; host_port: number; count: number }>(
        `SELECT p.name, e.name AS endpoint, h.name AS host, host(p.host_address) AS address, p.host_port, p.count
         FROM port p JOIN endpoint e ON e.id = p.endpoint_id JOIN host h ON h.id = p.host_id WHERE p.host_id = $1 AND p.protocol = $2 AND lower(p.host_ports) = $3
         AND p.address_range = $4::inet`,
        [hostId, protocol, Number(first), key[3]],
      )
    : [];
  if (!holder)
    return fieldError(
      'port-in-use',
      'a port of the request is published by another one of the same request, or of the same moment',
      pointer,
    );
  const ports = holder.count === 1 ? String(holder.host_port) : `${holder.host_port}-${holder.host_port + holder.count - 1}`;
  const place = holder.address.includes(':') ? `[${holder.address}]` : holder.address;
  return fieldError(
    'port-in-use',
    `${protocol} ${place}:${ports} of host ${holder.host} is published by endpoint ${holder.endpoint} (port ${holder.name})`,
    pointer,
  );
}

const detailOf = (error: unknown): string => {
  const { driverError, detail } = error as { driverError?: { detail?: string }; detail?: string };
  return driverError?.detail ?? detail ?? '';
};
