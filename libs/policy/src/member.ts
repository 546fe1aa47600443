import { Address, Mac } from '@netyard/inet';

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

/** All that a member sends from: its addresses, and the link-local one that its link makes itself of its MAC. */
export function memberAddresses({ addresses, macAddress }: PolicyMember): Address[] {
  const own = addresses.flatMap((text) => Address.parse(text) ?? []);
  const mac = Mac.parse(macAddress ?? '');
  return mac ? [...own, mac.linkLocal()] : own;
}
