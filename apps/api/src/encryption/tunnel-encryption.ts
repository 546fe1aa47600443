import type { DriverOptions, TunnelEncryption } from '@netyard/contracts';
import { underlayOf, wireguardOverheadBytes } from '@netyard/drivers';
import { innerPrefix } from './inner-address';

/** A host's own key, as its networks need it. */
export interface OwnKeyView {
  publicKey: string;
  port: number;
  innerAddress: string;
}

/**
 * SQL: the keys of host `h` for the underlay of network `n`, the one that is to be used first, as a JSON array; null for networks that are not encrypted. Whenever they change, all
 * of the host's encrypted networks are announced to it (`announceOwnNetworks`): these must not differ.
 */
export const ownKeysSql = `
  CASE WHEN n.options @> '{"encrypted": true}' THEN (
    SELECT jsonb_agg(jsonb_build_object('publicKey', k.public_key, 'port', k.port, 'innerAddress', host(k.inner_address)) ORDER BY array_position(ARRAY['due', 'current', 'retired'], k.state))
    FROM host_key k WHERE k.host_id = h.id AND k.underlay = n.options ->> 'underlay' AND k.state <> 'next') END`;

/** How a host's part of an encrypted network is encrypted; null when it has no key. */
export function tunnelEncryption(
  options: DriverOptions,
  keys: OwnKeyView[] | null,
  { underlayMtuBytes, deploymentPrefix }: { underlayMtuBytes: number | null; deploymentPrefix: string },
): TunnelEncryption | null {
  const [used] = keys ?? [];
  if (!keys || !used || underlayMtuBytes === null) return null;
  const underlay = underlayOf(options);
  return {
    underlay,
    publicKey: used.publicKey,
    port: used.port,
    mtuBytes: underlayMtuBytes - wireguardOverheadBytes(underlay),
    addresses: keys.map((key) => key.innerAddress),
    prefix: innerPrefix(deploymentPrefix, underlay).toString(),
  };
}
