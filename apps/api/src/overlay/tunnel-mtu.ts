import type { DriverOptions } from '@netyard/contracts';
import { overheadBytes } from '@netyard/drivers';
import { encryptedSql } from '../encryption/key-announcements';

/** What is left for the packets of an overlay network on an underlay that carries so much. */
export const tunnelMtuBytes = (options: DriverOptions, underlayMtuBytes: number): number => underlayMtuBytes - overheadBytes(options);

/**
 * SQL: where the tunnels of network `n` lead to on a host: its underlay address, with its MTU, of the version that the options of the network name; of an encrypted network the inner
 * address of the key that the host uses. `u.address` is null when the host has none, and unless `when`.
 */
export const underlayJoin = (host: string, when = 'true'): string => `
  LEFT JOIN LATERAL (
    SELECT CASE WHEN ${encryptedSql}
        THEN (SELECT host(k.inner_address) FROM host_key k WHERE k.host_id = ${host}.id AND k.underlay = n.options ->> 'underlay' AND k.state = 'current') ELSE u ->> 'address' END AS address,
      (u ->> 'mtuBytes')::int AS mtu_bytes
    FROM jsonb_array_elements(${host}.facts -> 'underlay') u
    WHERE family((u ->> 'address')::inet) = CASE n.options ->> 'underlay' WHEN 'ipv6' THEN 6 ELSE 4 END AND ${when} LIMIT 1
  ) u ON true`;
