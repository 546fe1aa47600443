import type { NetworkId, PolicyId } from './ids';

export const policyActions = ['allow', 'deny'] as const;
export type PolicyAction = (typeof policyActions)[number];

export const policyProtocols = ['any', 'tcp', 'udp', 'sctp', 'icmp'] as const;
/** `icmp` is ICMP for IPv4 and ICMPv6 for IPv6. */
export type PolicyProtocol = (typeof policyProtocols)[number];

export const policyDirections = ['both', 'ingress', 'egress'] as const;
/** As the policy's network sees it: `ingress` is towards its endpoints, `egress` away from them. */
export type PolicyDirection = (typeof policyDirections)[number];

/**
 * One side of a flow. What is given is united: an address is selected when any part selects it. `labels` (all of them have to match) selects among the
 * endpoints of `network`; `network` without `labels` selects all of them.
 */
export interface PolicySelector {
  /** Names of endpoints, of whatever network. */
  endpoints?: string[];
  labels?: Record<string, string>;
  cidrs?: string[];
  /** Name of the network that `labels` looks in; the policy's own by default. */
  network?: string;
}

export interface PolicyRule {
  action: PolicyAction;
  protocol: PolicyProtocol;
  /** Destination ports and ranges (`"5432"`, `"8000-8100"`), for tcp, udp and sctp; empty: all. */
  ports: string[];
  /** Left out: any source. */
  from?: PolicySelector;
  /** Left out: any destination. */
  to?: PolicySelector;
  direction: PolicyDirection;
}

/**
 * Rules for the flows of a network's endpoints. Policies of one network apply in the order of `priority`, then of their names, the rules of each in their order:
 * the first rule that matches a new flow decides, and answers pass with it. A flow that no rule of any of the network's policies matches is denied when the
 * default of one of them is `deny`. A flow between two networks has to pass the policies of both, and needs a rule of the destination's that allows it.
 */
export interface PolicySpec {
  /** Name or id. */
  network: string;
  /** -1000 to 1000; the lowest is looked at first. */
  priority: number;
  defaultAction: PolicyAction;
  rules: PolicyRule[];
}

/** A policy as one host is to realise it. Endpoints are selected by name, networks by id. */
export interface DesiredPolicy {
  kind: 'policy';
  id: PolicyId;
  generation: number;
  name: string;
  deleted: boolean;
  networkId: NetworkId;
  priority: number;
  defaultAction: PolicyAction;
  rules: DesiredPolicyRule[];
}

export interface DesiredPolicyRule extends Omit<PolicyRule, 'from' | 'to'> {
  from: DesiredPolicySelector | null;
  to: DesiredPolicySelector | null;
}

/** As PolicySelector; `labels` is null when no endpoints are selected by network and labels, `{}` when all of `networkId` are. */
export interface DesiredPolicySelector {
  endpoints: string[];
  networkId: NetworkId;
  labels: Record<string, string> | null;
  cidrs: string[];
}

/** What has passed a policy on a host, or on all of them. */
export interface PolicyCounters {
  /** One for each rule, in their order: new flows that it decided. */
  rules: { packets: number; bytes: number }[];
  /** New flows that fell to a default of deny. */
  defaultDenied: { packets: number; bytes: number };
}

/** A present flow (connection tracking) that a policy would cut. */
export interface CutFlow {
  protocol: string;
  source: string;
  sourcePort: number | null;
  destination: string;
  destinationPort: number | null;
  /** Names of the endpoints at both ends; null: none of this host's. */
  sourceEndpoint: string | null;
  destinationEndpoint: string | null;
  /** What denies it: the policy, and its rule by place in the list (null: the default). */
  policy: string;
  rule: number | null;
}

/** What would happen if a policy were applied. */
export interface PolicyPreview {
  /** Flows looked at. */
  flowCount: number;
  cutCount: number;
  /** The first 1,000 of those cut. */
  cut: CutFlow[];
}
