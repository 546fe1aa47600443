import type { EndpointLimits } from './desired';

export interface EndpointSpec {
  /** Name or id; the default bridge network of the sandbox's host when left out. */
  network?: string;
  /** Name or id of the sandbox that it is joined to; null: not joined. */
  sandbox: string | null;
  /** Requested addresses, at most one for each subnet; the API chooses the rest. */
  addresses: string[];
  /** Requested MAC address; the API chooses one otherwise. */
  macAddress?: string;
  /** Requested interface name inside the sandbox; the first free `ethN` otherwise. */
  interfaceName?: string;
  /** Of the endpoints of one sandbox, the one with the highest priority (ties: joined first) gives the default route. */
  gatewayPriority: number;
  /** Further names, DNS labels; several endpoints may share one. */
  aliases: string[];
  /** Bandwidth in megabits a second; null: no limit. */
  limits: EndpointLimits;
  /** Whether frames with another MAC or IP address than the endpoint's own are dropped; on unless switched off. */
  spoofingGuard: boolean;
}
