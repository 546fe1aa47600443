import { createHash } from 'node:crypto';
import type { UnderlayVersion } from '@netyard/contracts';
import { Address, Prefix } from '@netyard/inet';

/** Which of the deployment's subnets the tunnels over one version of IP have. */
const subnetNumbers: Record<UnderlayVersion, bigint> = { ipv4: 4n, ipv6: 6n };

/** What all inner addresses of one version of the underlay are of: a /64 of the deployment's /48. */
export function innerPrefix(deploymentPrefix: string, underlay: UnderlayVersion): Prefix {
  const prefix = Prefix.parse(deploymentPrefix);
  if (!prefix) throw new Error(`the deployment's prefix ${deploymentPrefix} is none`);
  return Prefix.containing(Address.of('IPv6', prefix.first.value | (subnetNumbers[underlay] << 64n)), 64);
}

/** The address that a key is known by inside of the tunnels: it follows from the key, so that another key has another, and both can be used at once. */
export function innerAddress(deploymentPrefix: string, underlay: UnderlayVersion, publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest();
  return Address.of('IPv6', innerPrefix(deploymentPrefix, underlay).first.value | digest.readBigUInt64BE(0)).toString();
}
