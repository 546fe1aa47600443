import type { ResolverState } from './dns';
import type { EndpointId, InquiryId, NetworkId, PolicyId, SandboxId } from './ids';
import type { UnderlayPath } from './path';
import type { DesiredPolicy, PolicyCounters, PolicyPreview } from './policy';
import type { SandboxStack } from './sandbox-stack';

/** What the API asks a worker about the present state of its host; nothing changes by it. */
export type InquiryQuestion =
  | { type: 'resolver'; sandboxId: SandboxId }
  | { type: 'sandbox-stack'; sandboxId: SandboxId }
  | { type: 'endpoint-counters'; endpointId: EndpointId }
  /** What has been counted for many endpoints, at one moment: rates are left to whoever asks twice. */
  | { type: 'host-counters'; endpointIds: EndpointId[] }
  | { type: 'policy-counters'; policyId: PolicyId }
  | { type: 'tunnels' }
  /** What would happen to present flows if the policy took the place of the one with its id, or came to those there are. */
  | { type: 'policy-preview'; policy: DesiredPolicy };

/** An endpoint's traffic as its sandbox sees it: `ingress` is what it receives. Totals since its link was made. */
export interface EndpointCounters {
  ingress: TrafficCounters;
  egress: TrafficCounters;
  /** Over how long the rates were measured. */
  overMs: number;
}

export interface TrafficCounters {
  bytes: number;
  packets: number;
  dropped: number;
  errors: number;
  /** Measured just now. */
  mbps: number;
  /** The limit in force; null: none. */
  limitMbps: number | null;
}

/** What endpoints of a host had carried at one moment; those without a link are left out. */
export interface HostCounters {
  /** RFC 3339, by the host's clock: rates are differences of two answers. */
  observedAt: string;
  endpoints: EndpointTraffic[];
}

/** As the endpoint's sandbox sees it. Totals since its link was made. */
export interface EndpointTraffic {
  endpointId: EndpointId;
  ingress: LinkTraffic;
  egress: LinkTraffic;
}

/** The tunnels of a host at one moment. */
export interface HostTunnels {
  /** RFC 3339, by the host's clock: rates are differences of two answers. */
  observedAt: string;
  tunnels: TunnelState[];
}

/** A host's part in one overlay network. Totals since its link was made. */
export interface TunnelState {
  networkId: NetworkId;
  /** Name of the link on the host. */
  link: string;
  vni: number;
  port: number;
  /** On the underlay; of encrypted tunnels, inside of WireGuard. */
  localAddress: string;
  encrypted: boolean;
  /** The largest packet of the network; null while the link is not there. */
  mtuBytes: number | null;
  /** What comes from the other hosts. */
  ingress: LinkTraffic;
  /** What goes to them. */
  egress: LinkTraffic;
  remotes: TunnelRemote[];
}

export type LinkTraffic = Pick<TrafficCounters, 'bytes' | 'packets' | 'dropped' | 'errors'>;

/** Another host of the network. */
export interface TunnelRemote {
  host: string;
  address: string;
  /** Endpoints of the network behind it. */
  endpointCount: number;
  path: Pick<UnderlayPath, 'neededBytes' | 'state' | 'carriedBytes' | 'refusedBy'>;
  /** When the path was measured last, RFC 3339. */
  measuredAt: string | null;
}

export type InquiryAnswer =
  | { type: 'resolver'; resolver: ResolverState }
  | { type: 'sandbox-stack'; stack: SandboxStack }
  | { type: 'endpoint-counters'; counters: EndpointCounters }
  | { type: 'host-counters'; counters: HostCounters }
  | { type: 'policy-counters'; counters: PolicyCounters }
  | { type: 'tunnels'; tunnels: HostTunnels }
  | { type: 'policy-preview'; preview: PolicyPreview };

/** An inquiry under way. Delivered at least once; answered within a second or so. */
export interface DesiredInquiry {
  kind: 'inquiry';
  id: InquiryId;
  generation: number;
  name: string;
  deleted: boolean;
  /** RFC 3339; one that is delivered later is not answered. */
  expiresAt: string;
  question: InquiryQuestion;
}

export interface InquiryReport {
  id: InquiryId;
  answer: InquiryAnswer | null;
  /** Why there is no answer; one sentence. */
  error: string | null;
}
