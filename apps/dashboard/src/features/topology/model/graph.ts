import type { Tone } from '../../../api/health';
import type { ObjectName } from '../../inventory/view-state';

export type NodeKind = 'host' | 'router' | 'network' | 'sandbox' | 'endpoint' | 'group';

/** An endpoint as its sandbox shows it: an interface with an address. */
export interface TopologyInterface {
  endpoint: string;
  networkName: string;
  /** The node that its link leads to. */
  networkNode: string;
  name: string;
  address: string;
  tone: Tone;
  state: string;
}

export interface TopologyNode {
  id: string;
  kind: NodeKind;
  title: string;
  detail: string;
  tone: Tone;
  /** The tone in a word. */
  state: string;
  /** What choosing it shows; null for what is no object of the API. */
  object: ObjectName | null;
  /** Null: it belongs to no group. */
  group: string | null;
  /** The host that it is on; null: none, or several. */
  host: string | null;
  /** Of sandboxes, in the order of their names. */
  interfaces: readonly TopologyInterface[];
  /** Only there because it is linked to what the filter matches. */
  isFaded: boolean;
  /** What the filter looks at. */
  filter: string;
  /** When it came, for an order that what comes later does not upset; RFC 3339. */
  createdAt: string;
}

/**
 * `endpoint`: from a sandbox to its network. `gateway`: from a network to the router namespace that routes it. `tunnel`: from a host's part of a network to
 * the whole of it. `uplink`: from a router namespace, or a network on the wire, to its host.
 */
export type LinkKind = 'endpoint' | 'gateway' | 'tunnel' | 'uplink';

export interface TopologyLink {
  id: string;
  kind: LinkKind;
  from: string;
  to: string;
  tone: Tone;
  /** The endpoints that it stands for: one, or all that a folded group has. */
  endpoints: readonly string[];
}

/** Nodes that are drawn in one frame, and folded into one node together. */
export interface TopologyGroup {
  key: string;
  title: string;
  detail: string;
  tone: Tone;
  state: string;
  /** Whether a node in it says the same already. */
  isNamedInside: boolean;
  /** What the group as a whole is, where that is an object. */
  object: ObjectName | null;
}

export interface Topology {
  nodes: readonly TopologyNode[];
  links: readonly TopologyLink[];
  groups: readonly TopologyGroup[];
}

export const nodeId = (kind: NodeKind, name: string): string => `${kind}/${name}`;

/** A network's part on one host. */
export const partId = (network: string, host: string): string => `network/${network}@${host}`;
