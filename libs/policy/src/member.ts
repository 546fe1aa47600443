import { Address } from '@netyard/inet';

/** An endpoint of this host as policies see it. */
export interface PolicyMember {
  endpointId: string;
  name: string;
  labels: Record<string, string>;
  networkId: string;
  networkName: string;
  /** The link of its network's bridge. */
  bridge: string;
  /** Without prefix length. */
  addresses: string[];
  macAddress: string | null;
}

/** All that a member sends from: its addresses, and the link-local one that its link makes itself of its MAC (modified EUI-64, RFC 4291 appendix A). */
export function memberAddresses({ addresses, macAddress }: PolicyMember): Address[] {
  const own = addresses.flatMap((text) => Address.parse(text) ?? []);
  return macAddress === null ? own : [...own, linkLocalAddress(macAddress)];
}

function linkLocalAddress(macAddress: string): Address {
  const [a = 0, ...rest] = macAddress.split(':').map((part) => parseInt(part, 16));
  const interfaceId = [a ^ 2, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)].reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  return Address.of('IPv6', (0xfe80n << 112n) | interfaceId);
}
