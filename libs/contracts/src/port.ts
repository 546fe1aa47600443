import type { EndpointId, PortId } from './ids';

export const portProtocols = ['tcp', 'udp', 'sctp'] as const;
export type PortProtocol = (typeof portProtocols)[number];

/** On which hosts a port is published: that of its endpoint, or every one of the deployment. */
export const portScopes = ['host', 'everywhere'] as const;
export type PortScope = (typeof portScopes)[number];

/** A published port of an endpoint: `hostAddress:hostPort` on the host where it is joined, or on every host, leads to `port` of the endpoint. */
export interface PortSpec {
  protocol: PortProtocol;
  /** In the sandbox, 1 to 65535. */
  port: number;
  /** The last one of a range that begins with `port`; the same as `port` when it is one port. */
  endPort: number;
  /** On the host, the first of as many; null: chosen from the deployment's range when the endpoint is joined. */
  hostPort: number | null;
  /** An address of the host, or `0.0.0.0` or `::` for all of that family. */
  hostAddress: string;
  /** `everywhere`: of endpoints of networks that reach beyond their host. */
  publish: PortScope;
  /** Who may connect, as CIDRs; empty: everybody. */
  allowedSources: string[];
  /** Name of the service in SRV records, e.g. `http`; null: none but the port number. */
  service: string | null;
}

/** A service name (RFC 6335 section 5.1), in lower case. */
export const serviceNamePattern = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** A published port as one host is to realise it; its endpoint may be on another one, and is a peer then. */
export interface DesiredPort {
  kind: 'port';
  id: PortId;
  generation: number;
  name: string;
  deleted: boolean;
  endpointId: EndpointId;
  protocol: PortProtocol;
  port: number;
  hostPort: number;
  /** How many ports in a row, from `port` and `hostPort` on. */
  count: number;
  hostAddress: string;
  /** The first of as many ports at the uplink addresses of the router that the endpoint is behind; null where it is behind none. */
  routerPort: number | null;
  allowedSources: string[];
  service: string | null;
}
