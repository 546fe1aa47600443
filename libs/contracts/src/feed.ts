import type { Desired, DesiredKind } from './desired';
import type { HostKey } from './key';
import type { HostId, ProbeId } from './ids';
import type { ReportedCondition } from './condition';
import type { InquiryReport } from './inquiry';
import type { Lease } from './lease';
import type { UnderlayPath } from './path';
import type { ProbeResult } from './probe';

/**
 * What the API streams to a worker: `GET /v1/hosts/{host}/feed` as server-sent events, the JSON in `data`, the revision in `id`.
 * A stream begins with `snapshot` (cursor unknown or too old; forget what is not named before `in-sync`) or with `resume`;
 * nothing unknown may be deleted from the kernel before the first `in-sync`. After `in-sync` come the changes.
 */
export type FeedMessage =
  | { type: 'snapshot'; hostId: HostId }
  | { type: 'resume'; hostId: HostId }
  | { type: 'upsert'; object: Desired }
  /** The object is no concern of this host any more, e.g. it was forced away. What is left of it is removed, without a report. */
  | { type: 'delete'; kind: DesiredKind; id: string }
  | { type: 'in-sync' };

/** What a worker says of one object. The API ignores a report of an older generation than it has heard of already. */
export interface ObjectReport {
  kind: Exclude<DesiredKind, 'probe' | 'inquiry'>;
  id: string;
  observedGeneration: number;
  /** Nothing of the object is left in the kernel. */
  gone: boolean;
  /** Without `Ready`, which the API derives: True when all of these are. Empty when gone. */
  conditions: ReportedCondition[];
  /** Of endpoints whose address comes by DHCP; null: it has none. */
  lease?: Lease | null;
}

export interface ProbeReport {
  id: ProbeId;
  result: ProbeResult | null;
  /** Why there is no result; one sentence. */
  error: string | null;
}

/** What happened on a host that people may want to read: drift found and repaired, an orphan removed. */
export interface EventReport {
  kind: Exclude<DesiredKind, 'inquiry' | 'peer' | 'key'> | 'host';
  id: string;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
}

/** `POST /v1/hosts/{host}/reports`. May be repeated: the last word on an object holds. */
export interface HostReport {
  objects: ObjectReport[];
  probes: ProbeReport[];
  inquiries: InquiryReport[];
  events: EventReport[];
}

/** `PUT /v1/hosts/{host}/registration`: what a worker says of its host when it starts, and again whenever it changes. */
export interface HostRegistration {
  kernelRelease: string;
  workerVersion: string;
  /** Prefixes that the host routes elsewhere than through Netyard; no subnet placed on the host may overlap one. */
  routes: string[];
  /** MTU of the link of the default route, or the smallest of those up; new networks take it by default. */
  uplinkMtuBytes: number;
  /** Drivers that this kernel can run. */
  drivers: string[];
  /** Optional parts of the kernel that it has or can load, such as `macvlan`, `wireguard` or `netem`; `dhcp-client` where the worker finds one. */
  features?: string[];
  /** Links of the host that are not Netyard's: what a network could be attached to. */
  links?: HostLink[];
  /** Where other hosts reach it: an address for each version of IP that it has one of. */
  underlay?: UnderlayAddress[];
  /** Of its encrypted tunnels, one for each version of IP that these can go over; none where the kernel has no WireGuard. */
  keys?: HostKey[];
  /** What it has measured of the ways to the hosts with which it shares overlay networks. */
  paths?: UnderlayPath[];
}

/** An address of a host to which others send what tunnels carry. */
export interface UnderlayAddress {
  address: string;
  /** Of the link that has the address. */
  mtuBytes: number;
}

/** A network interface of a host. */
export interface HostLink {
  name: string;
  /** `bridge`, `vlan`, …; null for physical ones. */
  kind: string | null;
  up: boolean;
  mtuBytes: number;
  macAddress: string | null;
  /** The bridge or bond that it is part of. */
  master: string | null;
}
