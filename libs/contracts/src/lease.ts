/** What a host reports among its features when its worker finds a DHCP client. */
export const dhcpClientFeature = 'dhcp-client';

/** `renewing`: half of its time is over, and no server has extended it yet (the states RENEWING and REBINDING of RFC 2131). */
export const leaseStates = ['bound', 'renewing'] as const;
export type LeaseState = (typeof leaseStates)[number];

/** An IPv4 address that a DHCP server on the wire has given to an endpoint for a time (RFC 2131). Observed by the worker; Netyard chooses nothing of it. */
export interface Lease {
  address: string;
  prefixLength: number;
  /** Null: the server named none within the address's prefix. */
  gateway: string | null;
  /** The server identifier, by which the server is asked to extend it. */
  server: string;
  /** Name servers, in the server's order. */
  dns: string[];
  domain: string | null;
  /** RFC 3339, as are the other times: when the server gave it, or extended it last. */
  obtainedAt: string;
  /** When the server is asked to extend it: after half of its time. */
  renewAt: string;
  /** From then on the address is taken away. */
  expiresAt: string;
  state: LeaseState;
}
