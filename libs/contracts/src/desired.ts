import type { DnsSettings } from './dns';
import type { DriverName, DriverOptions } from './driver';
import type { EndpointId, NetworkId, PeerId, ProbeId, RouterId, SandboxId } from './ids';
import type { DesiredInquiry } from './inquiry';
import type { DesiredKey, UnderlayVersion } from './key';
import type { DesiredPolicy } from './policy';
import type { DesiredPort, PortProtocol } from './port';
import type { ProbeSpec } from './probe';
import type { SandboxNamespace } from './sandbox';

/**
 * What one host is to realise, with nothing left to choose: addresses, MACs and interface names are all here.
 * `deleted` asks for the object to be taken away; the worker then reports it `gone`.
 */
interface DesiredObject<Kind extends string, Id> {
  kind: Kind;
  id: Id;
  /** The worker refuses an object whose generation is older than the one it has. */
  generation: number;
  name: string;
  deleted: boolean;
}

export interface DesiredSubnet {
  cidr: string;
  /** Null: there is none, since nobody could be found by it. */
  gateway: string | null;
}

/**
 * A network namespace of the host in which a tenant's networks live apart from all others: their bridges and gateways, connection tracking, NAT and policies.
 * It has the tenant's name.
 */
export interface DesiredRouter extends DesiredObject<'router', RouterId> {
  uplink: RouterUplink;
}

/** The pair between a host and a router, by which the router's networks reach the outside and the outside their published ports. */
export interface RouterUplink {
  /** Of the host's end, with prefix length: an IPv4 /31 (RFC 3021) and an IPv6 /127 (RFC 6164). */
  hostAddresses: string[];
  /** Of the router's end, in the same prefixes. */
  addresses: string[];
}

export interface DesiredNetwork extends DesiredObject<'network', NetworkId> {
  /** In whose namespace the network's bridge is; null: in the host's own. Only networks of the drivers bridge and overlay have one. */
  routerId: RouterId | null;
  driver: DriverName;
  options: DriverOptions;
  subnets: DesiredSubnet[];
  internal: boolean;
  /** Whether names of its endpoints are answered in its sandboxes: all networks but the default bridge and those without addresses. */
  discovery: boolean;
  /** The domain in which its names are answered besides `<name>` and `<name>.<network>`; null: none. */
  domain: string | null;
  dns: DnsSettings;
  /** Of networks that hosts share by tunnels; null for all others. */
  tunnel: DesiredTunnel | null;
  /** The host's own addresses in the network, with prefix length: what comes from the host itself comes from these. Empty where the host has none but the gateways. */
  hostAddresses: string[];
  /** Of the host's own link in the network: each host has another. */
  hostMac: string | null;
}

/** How a host takes part in a network that hosts share by tunnels (VXLAN, RFC 7348). */
export interface DesiredTunnel {
  vni: number;
  /** UDP port of the network's tunnels, on every host. */
  port: number;
  /** The host's address on the underlay; of encrypted tunnels, its inner one. */
  localAddress: string;
  /** Null where packets go as they are. */
  encryption: TunnelEncryption | null;
}

/** The WireGuard link that all of a host's encrypted tunnels over one version of IP share. */
export interface TunnelEncryption {
  underlay: UnderlayVersion;
  /** Of the key that it is to have. */
  publicKey: string;
  /** UDP port that it receives on. */
  port: number;
  mtuBytes: number;
  /** The inner addresses of all of the host's keys: during a rotation others may still send to the former one. */
  addresses: string[];
  /** What all inner addresses of that version are of. */
  prefix: string;
}

export interface DesiredSandbox extends DesiredObject<'sandbox', SandboxId> {
  namespace: SandboxNamespace;
  dns: DnsSettings;
  /** For adopted sandboxes: the file that says which servers it uses; null: none is written. */
  resolvConfPath: string | null;
}

export interface DesiredEndpoint extends DesiredObject<'endpoint', EndpointId> {
  networkId: NetworkId;
  /** Null: joined to nothing (any more); what is left of it on this host is to be taken away, and `gone` reported. */
  sandboxId: SandboxId | null;
  /** Null for drivers without addresses. */
  macAddress: string | null;
  /** With prefix length, e.g. `10.10.0.2/24`. Empty where they come from elsewhere: by DHCP, or not at all. */
  addresses: string[];
  /** Null for drivers without an interface of their own. */
  interfaceName: string | null;
  gatewayPriority: number;
  labels: Record<string, string>;
  /** Names that it answers to besides its own and its sandbox's; several endpoints may share one. */
  aliases: string[];
  limits: EndpointLimits;
  /** Frames that come from the sandbox with another MAC or IP address than these are dropped. */
  spoofingGuard: boolean;
  /** Order of joining, the tie-break of `gatewayPriority`; RFC 3339. */
  joinedAt: string;
}

/** Bandwidth in megabits (10^6) a second, as the sandbox sees it; null: no limit. */
export interface EndpointLimits {
  ingressMbps: number | null;
  egressMbps: number | null;
}

/** An endpoint on another host, or that host itself, of a network that this host takes part in: how it is reached, and what it is called. */
export interface DesiredPeer extends DesiredObject<'peer', PeerId> {
  networkId: NetworkId;
  /** On the underlay, of the host that it is on, or its inner one if the network is encrypted; null where the wire leads there. */
  tunnelAddress: string | null;
  /** Null for drivers whose endpoints have none of their own. */
  macAddress: string | null;
  /** Without prefix length. */
  addresses: string[];
  /** Empty for hosts: nobody asks for them by name. */
  names: string[];
  labels: Record<string, string>;
  services: PeerService[];
}

/** A published port of a peer, as SRV records tell of it (RFC 2782). */
export interface PeerService {
  service: string | null;
  protocol: PortProtocol;
  port: number;
}

/** A probe to run once. Probes are delivered at least once; a worker that has reported the id does not run it again. */
export interface DesiredProbe extends DesiredObject<'probe', ProbeId> {
  sandboxId: SandboxId;
  /** RFC 3339; a probe that is delivered later than this is reported as expired, not run. */
  expiresAt: string;
  spec: ProbeSpec;
}

export type Desired =
  | DesiredRouter
  | DesiredNetwork
  | DesiredSandbox
  | DesiredEndpoint
  | DesiredPeer
  | DesiredKey
  | DesiredPort
  | DesiredPolicy
  | DesiredProbe
  | DesiredInquiry;
export type DesiredKind = Desired['kind'];
