import type { DnsSettings } from './dns';
import type { DriverName, DriverOptions } from './driver';

/** One address range of a network. Every field but the CIDR may be left to the API, which then chooses. */
export interface SubnetSpec {
  /** CIDR without host bits, e.g. `10.10.0.0/24` or `fd00:1::/64`. */
  cidr: string;
  /** The router's address within the subnet; the first usable one by default, where the network has routers that can be found by an address. */
  gateway?: string;
  /** A CIDR within the subnet from which addresses are drawn automatically; all of the subnet by default. */
  ipRange?: string;
  /** Addresses that are never given out automatically. */
  reserved?: string[];
}

export interface NetworkSpec {
  driver: DriverName;
  /** Given ranges; when there are none (and the driver has subnets) one is drawn from the default address pools. */
  subnets: SubnetSpec[];
  /** Whether to add an automatic ULA /64 (RFC 4193) when no IPv6 subnet is given. */
  ipv6: boolean;
  /** No way in or out: no masquerading, no forwarding to other networks, no default route. */
  internal: boolean;
  /** The one host that the network is confined to; null: made on every host that has an endpoint of it. */
  host: string | null;
  options: DriverOptions;
  /** A domain in which its names are answered too, e.g. `lab.example`; null: none. */
  domain: string | null;
  dns: DnsSettings;
}
