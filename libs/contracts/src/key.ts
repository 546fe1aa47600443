import type { KeyId } from './ids';

/** Versions of IP that tunnels go over. */
export const underlayVersions = ['ipv4', 'ipv6'] as const;
export type UnderlayVersion = (typeof underlayVersions)[number];

/** 32 bytes in base64, as keys of WireGuard are written. */
export const publicKeyPattern = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** The public half of the key that a host's encrypted tunnels over one version of IP have. Its worker has made it, and keeps the private half to itself. */
export interface HostKey {
  underlay: UnderlayVersion;
  /** X25519 (RFC 7748), 32 bytes in base64. */
  publicKey: string;
  /** UDP port of the host that others send to. */
  port: number;
  /** RFC 3339. */
  createdAt: string;
  /** The key that takes its place once all others know that one; null unless a rotation is under way. */
  nextPublicKey: string | null;
}

/**
 * A key that a host has to know: of another host that it shares an encrypted network with, or its own, as the API knows it. While a host rotates, others know two keys of it.
 */
export interface DesiredKey {
  kind: 'key';
  id: KeyId;
  generation: number;
  /** Of the host that has it. */
  name: string;
  deleted: boolean;
  underlay: UnderlayVersion;
  publicKey: string;
  /** What the key is known by inside of the tunnels: packets from it, and to it, are encrypted with this key. */
  innerAddress: string;
  /** Where the other host receives on the underlay; null: the key is this host's own. */
  endpoint: { address: string; port: number } | null;
  /** What is to be done with the host's own key; null for those of others. */
  own: OwnKeyOrder | null;
}

export interface OwnKeyOrder {
  /** All who have to know it do: it is to be used from now on, and its predecessor to be forgotten. */
  use: boolean;
  /** Another one is to be made, to take its place. */
  replace: boolean;
}
