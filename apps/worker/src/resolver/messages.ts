import type { DnsSettings, EndpointId, NetworkId, ResolverState, SandboxId } from '@netyard/contracts';
import type { ZoneEndpoint, ZoneNetwork } from '@netyard/dns';

/** A sandbox and what it may ask for. */
export interface ZoneSandbox {
  id: SandboxId;
  /** Its network namespace, as a path that can be opened. */
  namespacePath: string;
  /** Networks with discovery that it has an endpoint of, in the order of joining. Empty: no resolver; it inherits the host's servers. */
  networkIds: NetworkId[];
  /** Whether unknown names may go to upstreams: false when all of its networks are internal. */
  upstreams: boolean;
  /** The sandbox's settings, then its networks', joined in that order. */
  dns: DnsSettings;
  /** Where its resolv.conf(5) is written; null: nowhere. */
  resolvConf: { path: string; /** Somebody else's file: written in place, and put back when the sandbox goes. */ adopted: boolean } | null;
}

/** One change to what is answered. Removing what is not there is harmless. */
export type NameChange =
  | { type: 'network'; network: ZoneNetwork }
  | { type: 'network-gone'; id: NetworkId }
  | { type: 'endpoint'; endpoint: ZoneEndpoint }
  | { type: 'endpoint-gone'; id: EndpointId }
  | { type: 'sandbox'; sandbox: ZoneSandbox }
  | { type: 'sandbox-gone'; id: SandboxId };

/** From the operations thread to the resolver thread. */
export type ToResolver =
  /** To be in force, all of it, before it is acknowledged by its number. */
  { type: 'changes'; sequence: number; changes: NameChange[] } | { type: 'inspect'; id: string; sandboxId: SandboxId };

export type FromResolver =
  /** `failures`: sandboxes whose resolver or resolv.conf could not be set up; tried again with their next change. */
  | { type: 'in-force'; sequence: number; failures: { sandboxId: SandboxId; message: string }[] }
  /** Null: there is no such sandbox. */
  | { type: 'inspected'; id: string; state: ResolverState | null }
  /** Something to be told as an event of the sandbox, e.g. that its rules had been flushed and were put back. */
  | { type: 'repaired'; sandboxId: SandboxId; message: string };
