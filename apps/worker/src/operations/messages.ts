import type { DesiredProbe, EventReport, FeedMessage, HostRegistration, InquiryReport, ObjectReport } from '@netyard/contracts';
import type { FromLeases, ToLeases } from '../dhcp/messages';
import type { FromDrift } from '../drift/messages';
import type { FromPaths } from '../paths/messages';
import type { FromResolver } from '../resolver/messages';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes one line with ids; threads hand theirs to the main thread. */
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void;

/** What the operations thread is started with. */
export interface OperationsConfig {
  hostName: string;
  /** The namespace that plays the host; null: the namespace of the process. */
  netnsPath: string | null;
  /** Where the namespaces of managed sandboxes and of routers are bound. */
  netnsDirectory: string;
  /** Where `ip netns exec` looks for the resolv.conf of managed sandboxes, below their namespace's name. */
  netnsEtcDirectory: string;
  /** The host's own resolv.conf(5): servers that sandboxes inherit, and that unknown names go to. */
  resolvConfPath: string;
  /** Below these an adopted sandbox's resolv.conf may be written. */
  resolvConfDirectories: string[];
  /** Where what is known of leases, and the private keys of encrypted tunnels, are kept; null: nowhere, and keys in memory and in the kernel. */
  stateDirectory: string | null;
  /** The host's addresses that tunnels are to use; empty: found out. */
  underlay: string[];
  /** UDP port of encrypted tunnels over IPv4; over IPv6 it is the next. */
  wireguardPort: number;
  /** After so long the keys of encrypted tunnels are replaced. */
  keyLifetimeMs: number;
  /** How often everything is looked at, changed or not. */
  fullRoundIntervalMs: number;
  /** How often the underlay is measured on each path that carries what it should; 0: never. */
  pathIntervalMs: number;
  /** As many flows may one address of a network have through the host or with it; 0: any number, null: a share of what the kernel tracks. */
  maxFlows: number | null;
}

export type ToOperations =
  | { type: 'feed'; messages: FeedMessage[] }
  | { type: 'reaped'; jobId: number; failures: ReapFailure[] }
  | FromResolver
  | FromDrift
  | FromLeases
  | FromPaths
  | { type: 'stop' };

export interface ReapFailure {
  link: string;
  message: string;
}

/** What the host is, apart from what the process knows of itself. */
export type HostFacts = Pick<HostRegistration, 'routes' | 'uplinkMtuBytes' | 'features' | 'links' | 'underlay' | 'keys' | 'paths'>;

export type FromOperations =
  | { type: 'report'; objects: ObjectReport[]; events: EventReport[]; inquiries: InquiryReport[] }
  | { type: 'facts'; facts: HostFacts }
  | ToLeases
  | { type: 'probe'; probe: DesiredProbe; namespacePath: string | null; resolvConfPath: string | null; error: string | null }
  | { type: 'log'; level: LogLevel; message: string; fields: Record<string, unknown> }
  | { type: 'stopped' };

/** A link to delete. */
export interface ReapLink {
  name: string;
  /** Of the router that it is in; null: in the host's own namespace. */
  namespacePath: string | null;
}

export type ToReaper = { type: 'reap'; jobId: number; links: ReapLink[] };
export type FromReaper = { type: 'reaped'; jobId: number; failures: ReapFailure[] };
