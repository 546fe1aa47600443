import type { RouterId, SandboxId } from '@netyard/contracts';

/** Where a kernel object lives: in the namespace of the router that it is planned for, which may be the host's own, or in a sandbox. */
export type Place = { in: 'host' } | { in: 'sandbox'; sandboxId: SandboxId };

export const onHost: Place = { in: 'host' };
export const inSandbox = (sandboxId: SandboxId): Place => ({ in: 'sandbox', sandboxId });

/** A managed sandbox's network namespace with `lo` up, bound at `<directory of namespaces>/<name>`. */
export interface NamespaceObject {
  kind: 'namespace';
  sandboxId: SandboxId;
  name: string;
}

/** A router's network namespace with `lo` up, bound at `<directory of namespaces>/<name>`. */
export interface RouterNamespaceObject {
  kind: 'router-namespace';
  routerId: RouterId;
  name: string;
}

/** The veth pair between the host's own namespace, where it is made, and a router's; both ends up, with pinned MACs, and neither makes itself an address. */
export interface UplinkObject {
  kind: 'uplink';
  name: string;
  alias: string;
  mtuBytes: number;
  macAddress: string;
  peer: { routerId: RouterId; name: string; macAddress: string };
}

/** A sandbox's `lo`, up. Removing it leaves it as it is. */
export interface LoopbackObject {
  kind: 'loopback';
  sandboxId: SandboxId;
}

/** A Linux bridge, up, with its MAC pinned; it makes itself no address. */
export interface BridgeObject {
  kind: 'bridge';
  name: string;
  alias: string;
  macAddress: string;
  mtuBytes: number;
}

/** A veth pair: one end a port of a bridge on the host, the other inside a sandbox; both up. */
export interface VethObject {
  kind: 'veth';
  name: string;
  alias: string;
  mtuBytes: number;
  bridge: string;
  /** No traffic between isolated ports of the same bridge (IFLA_BRPORT_ISOLATED). */
  isolated: boolean;
  /** Frames may leave by the port that they came in by (IFLA_BRPORT_MODE). */
  hairpin: boolean;
  /** `ipv6: false` switches IPv6 off on the interface: half of the cost of raising a link is its auto-configuration. */
  peer: { sandboxId: SandboxId; name: string; macAddress: string; ipv6: boolean };
}

/** A VXLAN link that is a port of a bridge, up; it learns nothing and floods nowhere. */
export interface VxlanObject {
  kind: 'vxlan';
  name: string;
  alias: string;
  mtuBytes: number;
  bridge: string;
  isolated: boolean;
  vni: number;
  /** `::` of encrypted tunnels: the route of the inner addresses names the source, so that all tunnels of a host change it at once. */
  localAddress: string;
  port: number;
  /** The link that its packets leave by; with it the tunnel goes. Only of encrypted tunnels. */
  lowerLink?: string;
}

/** A WireGuard link, up, with the private half of a key of the host’s. Its peers are objects of their own. */
export interface WireguardObject {
  kind: 'wireguard';
  name: string;
  alias: string;
  mtuBytes: number;
  publicKey: string;
  port: number;
}

/** A key of another host on a WireGuard link: what is for its inner address, and only that, goes there, and comes from there. */
export interface WireguardPeerObject {
  kind: 'wireguard-peer';
  link: string;
  publicKey: string;
  /** With prefix length. */
  innerAddress: string;
  endpoint: { address: string; port: number };
}

/** A link of the host that others are to stand on, which is not ours: it has to be there, up, and no port of a bridge. Removing it leaves it as it is. */
export interface ParentObject {
  kind: 'parent';
  link: string;
}

/** A link that leads nowhere, with a carrier: a veth pair whose ends are both on the host, up. A bridge without ports has none. */
export interface StubObject {
  kind: 'stub';
  name: string;
  alias: string;
  peer: string;
  mtuBytes: number;
}

/** One VLAN of a link of the host (IEEE 802.1Q), up. */
export interface VlanObject {
  kind: 'vlan';
  name: string;
  alias: string;
  parent: string;
  vlanId: number;
}

/** A link that stands on one of the host, in the host or in a sandbox, up. */
interface SublinkObject {
  place: Place;
  name: string;
  alias: string;
  /** A link of the host. */
  parent: string;
  /** Null: the parent's. */
  mtuBytes: number | null;
  /** `false` switches IPv6 off on the interface. */
  ipv6: boolean;
}

export interface MacvlanObject extends SublinkObject {
  kind: 'macvlan';
  mode: 'bridge' | 'private' | 'vepa' | 'passthru';
  /** Null: the kernel's choice. */
  macAddress: string | null;
}

export interface IpvlanObject extends SublinkObject {
  kind: 'ipvlan';
  mode: 'l2' | 'l3' | 'l3s';
  flag: 'bridge' | 'private' | 'vepa';
}

/** Where frames for a MAC address go, of a VXLAN link and of the bridge that it is a port of. */
export interface ForwardingObject {
  kind: 'forwarding';
  link: string;
  macAddress: string;
  /** The tunnel endpoint. */
  destination: string;
  /** The link that leads there, and by no other may it be reached; only of encrypted tunnels. */
  via?: string;
}

/** What a link of the host knows of an address behind it, for good. */
export interface NeighbourObject {
  kind: 'neighbour';
  link: string;
  address: string;
  macAddress: string;
}

/** A port of a bridge, which is not isolated, sends frames back that came in by it (IFLA_BRPORT_MODE). Removing it leaves it as it is. */
export interface HairpinObject {
  kind: 'hairpin';
  link: string;
}

/** An address with prefix length, on a link; IPv6 ones without duplicate address detection. */
export interface AddressObject {
  kind: 'address';
  place: Place;
  link: string;
  address: string;
}

/** A route of the main table. */
export interface RouteObject {
  kind: 'route';
  place: Place;
  /** `0.0.0.0/0`, `::/0` or a prefix. */
  destination: string;
  /** Null: what it leads to is on the link itself. */
  via: string | null;
  link: string;
  /** What packets by it come from, where that is chosen. */
  source?: string;
}

/**
 * Limits on what a veth pair carries. `ingressBytesPerSecond` is a token bucket on the host's end, which sends what the sandbox receives; what the sandbox sends is
 * redirected to an intermediate functional block with a token bucket of its own, where root in the sandbox cannot reach it.
 */
export interface ShapingObject {
  kind: 'shaping';
  link: string;
  ifb: string;
  alias: string;
  ingressBytesPerSecond: number | null;
  egressBytesPerSecond: number | null;
}

/** A kernel setting below `/proc/sys/`, written with slashes. Removing it leaves the value as it is. */
export interface SysctlObject {
  kind: 'sysctl';
  place: Place;
  key: string;
  value: string;
}

/** One element of a set, or entry of a map, of Netyard's nftables tables in a router's namespace. */
export interface RuleElementObject {
  kind: 'rule-element';
  set: RuleSetName;
  key: string[];
  /** Of maps. */
  value?: string[];
  /** The link or object that it belongs to; the kernel keeps it as the element's comment. */
  owner: string;
}

/**
 * The sets and maps, by the family of their table:
 * - `bridges`: names of Netyard's bridges, and of the host's ends of uplinks to routers; forwarding between two different ones is dropped
 * - `routers`: those ends alone: the host's own addresses are closed to what comes from there, and nothing goes there that is no answer and by no published port
 * - `same-bridge`: pairs `name . name`, one for each bridge: what stays within one network
 * - `isolated`: such pairs of networks whose endpoints are kept from each other
 * - `internal`: bridges with no forwarding in or out
 * - `masquerade4/6`: `source prefix . bridge` whose traffic to any other link is masqueraded
 * - `subnets4/6`: `prefix . bridge` of every network: published ports that lead back there are masqueraded
 * - `ports4/6`: `protocol . port` of any address of the host → `address . port` of an endpoint; `host-ports4/6`: the same with a host address before
 * - `restricted4/6`, `host-restricted4/6`: keys of those ports that not everybody may use; `sources4/6`, `host-sources4/6`: the same with who may
 * - `relayed4/6`: `bridge . protocol . port of the host` of ports that lead to an endpoint on another host → the host's own address in that network, which takes the client's place
 * - `tunnel-ports`: UDP ports of tunnels, which endpoints may send nothing to
 * - `inner`: the first addresses of the /64s of inner addresses, which only WireGuard links lead to and receive for; `encrypted-vnis`: networks whose frames come by those links alone
 * - `guarded`: host links of endpoints that may use their own addresses only; `macs`, `senders4/6` with MAC and IP address, `targets6`: those addresses, after the link's name
 */
export const ruleSets = {
  bridges: 'inet',
  routers: 'inet',
  'same-bridge': 'inet',
  isolated: 'inet',
  internal: 'inet',
  masquerade4: 'inet',
  masquerade6: 'inet',
  subnets4: 'inet',
  subnets6: 'inet',
  ports4: 'inet',
  ports6: 'inet',
  'host-ports4': 'inet',
  'host-ports6': 'inet',
  restricted4: 'inet',
  restricted6: 'inet',
  'host-restricted4': 'inet',
  'host-restricted6': 'inet',
  sources4: 'inet',
  sources6: 'inet',
  'host-sources4': 'inet',
  'host-sources6': 'inet',
  relayed4: 'inet',
  relayed6: 'inet',
  'tunnel-ports': 'inet',
  inner: 'inet',
  'encrypted-vnis': 'inet',
  guarded: 'bridge',
  macs: 'bridge',
  senders4: 'bridge',
  senders6: 'bridge',
  targets6: 'bridge',
} as const satisfies Record<string, 'inet' | 'bridge'>;
export type RuleSetName = keyof typeof ruleSets;
export const ruleSetNames = Object.keys(ruleSets) as RuleSetName[];

/** A thing in the kernel, as a value: what drivers plan, `observe` finds, and `apply` makes and removes. */
export type KernelObject =
  | RouterNamespaceObject
  | UplinkObject
  | NamespaceObject
  | LoopbackObject
  | HairpinObject
  | ShapingObject
  | BridgeObject
  | VethObject
  | VxlanObject
  | WireguardObject
  | WireguardPeerObject
  | ParentObject
  | StubObject
  | VlanObject
  | MacvlanObject
  | IpvlanObject
  | ForwardingObject
  | NeighbourObject
  | AddressObject
  | RouteObject
  | SysctlObject
  | RuleElementObject;

/** One step of a plan. Its inverse is the other verb on the same object. */
export interface Step {
  verb: 'add' | 'remove';
  object: KernelObject;
}

/** What undoes a step. */
export const inverse = (step: Step): Step => ({ verb: step.verb === 'add' ? 'remove' : 'add', object: step.object });

const placeKey = (place: Place): string => (place.in === 'host' ? 'host' : place.sandboxId);

/** What makes a kernel object itself and not another: two objects with one key cannot stand side by side. */
export function objectKey(object: KernelObject): string {
  switch (object.kind) {
    case 'namespace':
    case 'router-namespace':
      return `namespace ${object.name}`;
    case 'loopback':
      return `loopback ${object.sandboxId}`;
    case 'bridge':
    case 'veth':
    case 'vxlan':
    case 'wireguard':
    case 'vlan':
    case 'stub':
    case 'uplink':
      return `link ${object.name}`;
    case 'macvlan':
    case 'ipvlan':
      return object.place.in === 'host' ? `link ${object.name}` : `link ${placeKey(object.place)} ${object.name}`;
    case 'parent':
      return `parent ${object.link}`;
    case 'wireguard-peer':
      return `wireguard-peer ${object.link} ${object.publicKey}`;
    case 'forwarding':
      return `forwarding ${object.link} ${object.macAddress}`;
    case 'neighbour':
      return `neighbour ${object.link} ${object.address}`;
    case 'address':
      return `address ${placeKey(object.place)} ${object.link} ${object.address}`;
    case 'route':
      return `route ${placeKey(object.place)} ${object.destination}`;
    case 'hairpin':
      return `hairpin ${object.link}`;
    case 'shaping':
      return `shaping ${object.link}`;
    case 'sysctl':
      return `sysctl ${placeKey(object.place)} ${object.key}`;
    case 'rule-element':
      return `element ${object.set} ${object.key.join(' . ')}`;
  }
}
