export { bytes, decodeAttributes, decodeText, nested, text, type Attribute } from './attribute';
export { exitAtOnce } from './libc';
export { addAddress, deleteAddress, listAddresses, replaceAddress, type LinkAddress } from './addresses';
export { setBridgePort, type BridgePort } from './bridge-port';
export {
  deleteFlow,
  deleteFlows,
  deleteFlowsTo,
  listFlows,
  type FlowDestination,
  type FlowTuple,
  type IcmpMessage,
  type TrackedFlow,
} from './conntrack';
export { moveUp } from './descriptors';
export { KernelError, type ExtendedAck } from './kernel-error';
export type { LinkRef } from './link-ref';
export type { LinkStatistics } from './link-statistics';
export { EventSocket, waitForAny, type EventDatagram, type EventFilter } from './event-socket';
export { deleteForwarding, listForwarding, replaceForwarding, type Forwarding } from './forwarding';
export * from './links';
export { request, type NetlinkMessage, type NetlinkRequest } from './message';
export { kernelFeatures } from './kernel-features';
export { hasBridgeNetfilter } from './bridge-netfilter';
export {
  attachNamespace,
  createNamespace,
  deleteNamespace,
  inNamespace,
  inScratchNamespace,
  Namespace,
  settle,
  unshareNamespace,
} from './namespace';
export { numberNamespace } from './namespace-id';
export {
  addNeighbour,
  decodeEntryName,
  deleteNeighbour,
  listNeighbours,
  replaceNeighbour,
  type Neighbour,
  type NeighbourRequest,
  type NeighbourState,
} from './neighbours';
export {
  addIngressQdisc,
  deleteIngressQdisc,
  deleteRootQdisc,
  listQdiscs,
  listRedirects,
  redirectReceived,
  replaceTokenBucket,
  type Qdisc,
} from './qdiscs';
export { RouteSocket } from './route-socket';
export { addRoute, deleteRoute, listRoutes, replaceRoute, type Route } from './routes';
export { setThreadName } from './thread-name';
export { readSysctl, writeSysctl } from './sysctl';
export {
  addWireguard,
  describeEndpoint,
  WireguardSocket,
  type WireguardChange,
  type WireguardDevice,
  type WireguardEndpoint,
  type WireguardPeer,
  type WireguardPeerChange,
} from './wireguard';
export { addVxlan, type Vxlan, type VxlanRequest } from './vxlan';
export {
  addIpvlan,
  addMacvlan,
  addVlan,
  ipvlanFlags,
  ipvlanModes,
  macvlanModes,
  type IpvlanFlag,
  type IpvlanMode,
  type IpvlanRequest,
  type MacvlanMode,
  type MacvlanRequest,
  type Sublink,
  type VlanRequest,
} from './sublinks';
