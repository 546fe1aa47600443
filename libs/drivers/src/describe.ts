import { ruleSets } from './kernel-object';
import type {
  AddressObject,
  BridgeObject,
  ForwardingObject,
  IpvlanObject,
  KernelObject,
  MacvlanObject,
  NamespaceObject,
  NeighbourObject,
  Place,
  RouteObject,
  RuleElementObject,
  ShapingObject,
  Step,
  UplinkObject,
  VethObject,
  VxlanObject,
  WireguardObject,
  WireguardPeerObject,
} from './kernel-object';

/** What a step prints: the `ip`, `nft` or `sysctl` lines that equal it, joined by `; `. Sandboxes appear by id, as `-n <sandbox id>`. */
export function describeStep({ verb, object }: Step): string {
  const add = verb === 'add';
  switch (object.kind) {
    case 'namespace':
    case 'router-namespace':
      return describeNamespace(object, add);
    case 'uplink':
      return add ? uplinkLines(object).join('; ') : `ip link del ${object.name}`;
    case 'loopback':
      return add ? `ip -n ${object.sandboxId} link set lo up` : '# lo stays as it is';
    case 'bridge':
      return add ? bridgeLines(object).join('; ') : `ip link del ${object.name}`;
    case 'veth':
      return add ? vethLines(object).join('; ') : `ip link del ${object.name}`;
    case 'vxlan':
      return add ? vxlanLines(object).join('; ') : `ip link del ${object.name}`;
    case 'wireguard':
      return add ? wireguardLines(object).join('; ') : `ip link del ${object.name}`;
    case 'wireguard-peer':
      return describeWireguardPeer(object, add);
    case 'parent':
      return add ? `ip link show ${object.link} up` : `# ${object.link} stays as it is`;
    case 'stub':
      return add
        ? `ip link add ${object.name} mtu ${object.mtuBytes} type veth peer name ${object.peer}; ip link set ${object.name} up alias ${object.alias}; ip link set ${object.peer} up`
        : `ip link del ${object.name}`;
    case 'vlan':
      return add
        ? `ip link add ${object.name} link ${object.parent} type vlan id ${object.vlanId}; ip link set ${object.name} up alias ${object.alias}`
        : `ip link del ${object.name}`;
    case 'macvlan':
    case 'ipvlan':
      return describeSublink(object, add);
    case 'forwarding':
      return describeForwarding(object, add);
    case 'neighbour':
      return describeNeighbour(object, add);
    case 'hairpin':
      return add ? `bridge link set dev ${object.link} hairpin on` : `# hairpin of ${object.link} stays as it is`;
    case 'address':
      return describeAddress(object, add);
    case 'route':
      return describeRoute(object, add);
    case 'shaping':
      return shapingLines(object, add).join('; ');
    case 'sysctl':
      return add ? `${within(object.place)}sysctl -w ${object.key.replaceAll('/', '.')}=${object.value}` : `# ${object.key} stays as it is`;
    case 'rule-element':
      return describeElement(object, add);
  }
}

/** The lines of objects that are added in this order. */
export const describeObjects = (objects: KernelObject[]): string[] => objects.map((object) => describeStep({ verb: 'add', object }));

const ip = (place: Place): string => (place.in === 'host' ? 'ip' : `ip -n ${place.sandboxId}`);
const within = (place: Place): string => (place.in === 'host' ? '' : `ip netns exec ${place.sandboxId} `);
const onOff = (flag: boolean): string => (flag ? 'on' : 'off');

function describeNamespace({ name }: Pick<NamespaceObject, 'name'>, add: boolean): string {
  return add ? `ip netns add ${name}; ip -n ${name} link set lo up` : `ip netns del ${name}`;
}

function bridgeLines({ name, alias, macAddress, mtuBytes }: BridgeObject): string[] {
  return [
    `ip link add ${name} mtu ${mtuBytes} address ${macAddress} type bridge`,
    `ip link set ${name} alias ${alias} addrgenmode none`,
    `ip link set ${name} up`,
  ];
}

function vethLines({ name, alias, mtuBytes, bridge, isolated, hairpin, peer }: VethObject): string[] {
  const { sandboxId, name: peerName, macAddress, ipv6 } = peer;
  return [
    `ip link add ${name} mtu ${mtuBytes} master ${bridge} type veth peer name ${peerName} mtu ${mtuBytes} address ${macAddress} netns ${sandboxId}`,
    `ip link set ${name} alias ${alias} addrgenmode none`,
    ...(isolated || hairpin ? [`bridge link set dev ${name} isolated ${onOff(isolated)} hairpin ${onOff(hairpin)}`] : []),
    `ip link set ${name} up`,
    ...(ipv6 ? [] : [`ip netns exec ${sandboxId} sysctl -w net.ipv6.conf.${peerName}.disable_ipv6=1`]),
    `ip -n ${sandboxId} link set ${peerName} up`,
  ];
}

function uplinkLines({ name, alias, mtuBytes, macAddress, peer }: UplinkObject): string[] {
  return [
    `ip link add ${name} mtu ${mtuBytes} address ${macAddress} type veth peer name ${peer.name} mtu ${mtuBytes} address ${peer.macAddress} netns ${peer.routerId}`,
    `ip link set ${name} alias ${alias} addrgenmode none`,
    `ip link set ${name} up`,
    `ip -n ${peer.routerId} link set ${peer.name} up addrgenmode none`,
  ];
}

function vxlanLines({ name, alias, mtuBytes, bridge, isolated, vni, localAddress, port, lowerLink }: VxlanObject): string[] {
  return [
    `ip link add ${name} mtu ${mtuBytes} master ${bridge} type vxlan id ${vni} local ${localAddress}${lowerLink === undefined ? '' : ` dev ${lowerLink}`} dstport ${port} nolearning`,
    `ip link set ${name} alias ${alias} addrgenmode none`,
    `bridge link set dev ${name} isolated ${onOff(isolated)} learning off flood off mcast_flood off bcast_flood off neigh_suppress on`,
    `ip link set ${name} up`,
  ];
}

/** The private half of a key appears nowhere: it is told by the public one. */
function wireguardLines({ name, alias, mtuBytes, publicKey, port }: WireguardObject): string[] {
  return [
    `ip link add ${name} mtu ${mtuBytes} type wireguard`,
    `ip link set ${name} alias ${alias} addrgenmode none`,
    `wg set ${name} listen-port ${port} private-key <that of ${publicKey}>`,
    `ip link set ${name} up`,
  ];
}

function describeWireguardPeer({ link, publicKey, innerAddress, endpoint: { address, port } }: WireguardPeerObject, add: boolean): string {
  if (!add) return `wg set ${link} peer ${publicKey} remove`;
  const host = address.includes(':') ? `[${address}]` : address;
  return `wg set ${link} peer ${publicKey} endpoint ${host}:${port} allowed-ips ${innerAddress}`;
}

function describeSublink(object: MacvlanObject | IpvlanObject, add: boolean): string {
  const { place, name, alias, parent, mtuBytes, ipv6 } = object;
  if (!add) return `${ip(place)} link del ${name}`;
  const mac = object.kind === 'macvlan' && object.macAddress !== null ? ` address ${object.macAddress}` : '';
  const mtu = mtuBytes === null ? '' : ` mtu ${mtuBytes}`;
  const netns = place.in === 'host' ? '' : ` netns ${place.sandboxId}`;
  const how = object.kind === 'macvlan' ? `mode ${object.mode}` : `mode ${object.mode} ${object.flag}`;
  return [
    `ip link add ${name} link ${parent}${mac}${mtu}${netns} type ${object.kind} ${how}`,
    ...(ipv6 ? [] : [`${within(place)}sysctl -w net.ipv6.conf.${name}.disable_ipv6=1`]),
    `${ip(place)} link set ${name} up alias ${alias}`,
  ].join('; ');
}

function describeForwarding({ link, macAddress, destination, via }: ForwardingObject, add: boolean): string {
  const verb = add ? 'replace' : 'del';
  const where = add ? ` dst ${destination}${via === undefined ? '' : ` via ${via}`}` : '';
  return `bridge fdb ${verb} ${macAddress} dev ${link}${where} self static; bridge fdb ${verb} ${macAddress} dev ${link} master static`;
}

const describeNeighbour = ({ link, address, macAddress }: NeighbourObject, add: boolean): string =>
  add ? `ip neigh replace ${address} lladdr ${macAddress} nud permanent dev ${link}` : `ip neigh del ${address} dev ${link}`;

function shapingLines({ link, ifb, alias, ingressBytesPerSecond, egressBytesPerSecond }: ShapingObject, add: boolean): string[] {
  const bucket = (name: string, bytesPerSecond: number): string =>
    `tc qdisc replace dev ${name} root handle 1: tbf rate ${bytesPerSecond * 8}`;
  if (!add) return [`tc qdisc del dev ${link} root`, `tc qdisc del dev ${link} ingress`, `ip link del ${ifb}`];
  return [
    ...(ingressBytesPerSecond === null ? [] : [bucket(link, ingressBytesPerSecond)]),
    ...(egressBytesPerSecond === null
      ? []
      : [
          `ip link add ${ifb} type ifb`,
          `ip link set ${ifb} up alias ${alias}`,
          bucket(ifb, egressBytesPerSecond),
          `tc qdisc add dev ${link} ingress`,
          `tc filter replace dev ${link} ingress protocol all prio 1 handle 800::800 u32 match u32 0 0 action mirred egress redirect dev ${ifb}`,
        ]),
  ];
}

function describeAddress({ place, link, address }: AddressObject, add: boolean): string {
  const nodad = add && address.includes(':') ? ' nodad' : '';
  return `${ip(place)} addr ${add ? 'add' : 'del'} ${address} dev ${link}${nodad}`;
}

function describeRoute({ place, destination, via, link, source }: RouteObject, add: boolean): string {
  const from = add && source !== undefined ? ` src ${source}` : '';
  return `${ip(place)} route ${add ? 'add' : 'del'} ${destination}${via === null ? '' : ` via ${via}`} dev ${link}${from}`;
}

function describeElement(element: RuleElementObject, add: boolean): string {
  const { set, key, value } = element;
  const text = add && value ? `${keyText(key)} : ${value.join(' . ')}` : keyText(key);
  return `nft ${add ? 'add' : 'delete'} element ${ruleSets[set]} netyard ${set} { ${text} }`;
}

/** The element as it is added, in the language of nft(8): with its owner as the comment. */
export const elementText = ({ key, value, owner }: RuleElementObject): string =>
  `${keyText(key)} comment "${owner}"${value === undefined ? '' : ` : ${value.join(' . ')}`}`;

/** Names of links, unlike addresses, numbers and protocols, are strings to nft. */
export const keyText = (key: string[]): string => key.map((part) => (part.startsWith('ny') ? `"${part}"` : part)).join(' . ');
