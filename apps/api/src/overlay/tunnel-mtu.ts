import type { DriverOptions } from '@netyard/contracts';
import { overheadBytes, type UnderlayVersion } from '@netyard/drivers';

/** The version of IP that a network's tunnels go over. */
export const underlayOf = (options: DriverOptions): UnderlayVersion => (options['underlay'] === 'ipv6' ? 'ipv6' : 'ipv4');

/** What is left for the packets of an overlay network on an underlay that carries so much. */
export const tunnelMtuBytes = (options: DriverOptions, underlayMtuBytes: number): number =>
  underlayMtuBytes - overheadBytes[underlayOf(options)];

/** SQL: a host’s underlay address, with its MTU, of the version that the options of a network name; `u.address` is null when it has none, and unless `when`. */
export const underlayJoin = (host: string, network: string, when = 'true'): string => `
  LEFT JOIN LATERAL (
    SELECT u ->> 'address' AS address, (u ->> 'mtuBytes')::int AS mtu_bytes FROM jsonb_array_elements(${host}.facts -> 'underlay') u
    WHERE family((u ->> 'address')::inet) = CASE ${network}.options ->> 'underlay' WHEN 'ipv6' THEN 6 ELSE 4 END AND ${when} LIMIT 1
  ) u ON true`;
