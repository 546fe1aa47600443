import { type DesiredKey, wireguardLinkName } from '@netyard/contracts';
import { objectKey, type KernelObject } from '@netyard/drivers';
import type { WireguardDevice, WireguardPeer } from '@netyard/netlink';
import type { Observed } from '../plan/difference';

/** After so long without a word of a peer its session is over (REJECT_AFTER_TIME of WireGuard's protocol). */
const sessionMs = 180_000;

/** By which a key of another host is known to the kernel; nothing for the host's own. */
export function keyObjects({ underlay, publicKey, innerAddress, endpoint }: DesiredKey): KernelObject[] {
  if (endpoint === null) return [];
  return [{ kind: 'wireguard-peer', link: wireguardLinkName(underlay), publicKey, innerAddress: `${innerAddress}/128`, endpoint }];
}

/**
 * What a WireGuard link knows of others, as it is to be compared with what is wanted. A peer may speak from another address than the one that it was told by, and WireGuard
 * follows it: its endpoint counts as right as long as it is heard of.
 */
export function standingPeers(link: string, { peers }: WireguardDevice, keys: DesiredKey[], nowMs: number): Observed {
  const wanted = new Map(keys.map((key) => [key.publicKey, key]));
  const observed: Observed = new Map();
  for (const peer of peers) {
    const known = wanted.get(peer.publicKey)?.endpoint ?? undefined;
    const endpoint = known && isHeardOf(peer, nowMs) ? known : (peer.endpoint ?? { address: '', port: 0 });
    const object: KernelObject = {
      kind: 'wireguard-peer',
      link,
      publicKey: peer.publicKey,
      innerAddress: peer.allowedIps.join(','),
      endpoint: { address: endpoint.address, port: endpoint.port },
    };
    observed.set(objectKey(object), { object, sound: true });
  }
  return observed;
}

const isHeardOf = ({ endpoint, lastHandshakeMs }: WireguardPeer, nowMs: number): boolean =>
  endpoint !== null && nowMs - lastHandshakeMs < sessionMs;
