import type { DriverName, DriverOptions } from './driver';
import type { EndpointId, NetworkId, ProbeId, SandboxId } from './ids';
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
  gateway: string;
}

export interface DesiredNetwork extends DesiredObject<'network', NetworkId> {
  driver: DriverName;
  options: DriverOptions;
  subnets: DesiredSubnet[];
  internal: boolean;
}

export interface DesiredSandbox extends DesiredObject<'sandbox', SandboxId> {
  namespace: SandboxNamespace;
}

export interface DesiredEndpoint extends DesiredObject<'endpoint', EndpointId> {
  networkId: NetworkId;
  /** Null: joined to nothing (any more); what is left of it on this host is to be taken away, and `gone` reported. */
  sandboxId: SandboxId | null;
  /** Null for drivers without addresses. */
  macAddress: string | null;
  /** With prefix length, e.g. `10.10.0.2/24`. */
  addresses: string[];
  /** Null for drivers without an interface of their own. */
  interfaceName: string | null;
  gatewayPriority: number;
  /** Order of joining, the tie-break of `gatewayPriority`; RFC 3339. */
  joinedAt: string;
}

/** A probe to run once. Probes are delivered at least once; a worker that has reported the id does not run it again. */
export interface DesiredProbe extends DesiredObject<'probe', ProbeId> {
  sandboxId: SandboxId;
  /** RFC 3339; a probe that is delivered later than this is reported as expired, not run. */
  expiresAt: string;
  spec: ProbeSpec;
}

export type Desired = DesiredNetwork | DesiredSandbox | DesiredEndpoint | DesiredProbe;
export type DesiredKind = Desired['kind'];
