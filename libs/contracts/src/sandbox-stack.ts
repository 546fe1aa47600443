import type { EndpointId } from './ids';
import type { LinkTraffic } from './inquiry';

/** The network stack of a sandbox at one moment, as its kernel has it: whatever has made it, Netyard or what runs there. */
export interface SandboxStack {
  /** RFC 3339, by the host's clock: rates are differences of two answers. */
  observedAt: string;
  links: StackLink[];
  /** Unicast routes of the main table. */
  routes: StackRoute[];
  neighbours: StackNeighbour[];
  /** How many there are: of each no more than `stackEntryLimit` are told, which a sandbox's root could exceed at will. */
  linkCount: number;
  routeCount: number;
  neighbourCount: number;
}

/** So many links, addresses, routes and neighbours are told of a sandbox. */
export const stackEntryLimit = 1_000;

export interface StackLink {
  name: string;
  /** `veth`, `macvlan`, …; null for `lo` and physical ones. */
  kind: string | null;
  up: boolean;
  mtuBytes: number;
  macAddress: string | null;
  /** With prefix lengths. */
  addresses: string[];
  /** The endpoint whose interface it is; null: of none. */
  endpointId: EndpointId | null;
  /** What it has received since it was made. */
  ingress: LinkTraffic;
  /** What it has sent since. */
  egress: LinkTraffic;
}

export interface StackRoute {
  /** `0.0.0.0/0` and `::/0` are default routes. */
  destination: string;
  /** The next hop; null: on the link itself. */
  via: string | null;
  link: string | null;
  metric: number | null;
  /** Where packets by it come from, unless they name an address; null: the kernel's choice. */
  source: string | null;
  /** Made by the kernel for the prefix of an address. */
  byKernel: boolean;
}

/** What a link knows of an address on its segment (ARP, RFC 826; neighbour discovery, RFC 4861). */
export interface StackNeighbour {
  address: string;
  link: string;
  /** Null while it is being asked for, or was not found. */
  macAddress: string | null;
  state: StackNeighbourState;
}

export const stackNeighbourStates = ['incomplete', 'reachable', 'stale', 'delay', 'probe', 'failed', 'noarp', 'permanent'] as const;
export type StackNeighbourState = (typeof stackNeighbourStates)[number];
