import type { Address } from '@netyard/inet';
import type { PolicyMember } from './member';

/** One end of a flow. */
export interface Side {
  /** Whose bridge the packet comes from or goes to; null: outside, or the host itself. */
  networkId: string | null;
  /** The endpoint of that network that has the address. */
  member: PolicyMember | null;
  address: Address;
}

/** A new flow, as its first packet shows it; a published port has led it to its endpoint already. */
export interface Flow {
  /** Of IP, e.g. 6 for TCP (`protocolNumbers`). */
  protocol: number;
  /** For tcp, udp and sctp. */
  destinationPort: number | null;
  source: Side;
  destination: Side;
}
