import { bytes, decodeAttributeList, decodeAttributes, nested, text, uint16, uint32, type Attribute } from './attribute';
import * as c from './constants';
import { genericFamily, genericHeader, genericHeaderBytes } from './generic';
import { addressBytes, addressText, familyOf, prefixBytes } from './ip-bytes';
import { KernelError } from './kernel-error';
import { linkHeader } from './link-ref';
import { request, type NetlinkRequest } from './message';
import type { Namespace } from './namespace';
import { RouteSocket } from './route-socket';

/** Where a peer receives what is encrypted for it. */
export interface WireguardEndpoint {
  address: string;
  port: number;
}

/** What a WireGuard link knows of one other, as the kernel shows it. Keys are 32 bytes in base64. */
export interface WireguardPeer {
  publicKey: string;
  /** Null: not known yet. The kernel takes the address from which the peer has last spoken. */
  endpoint: WireguardEndpoint | null;
  /** Prefixes that lead to it, and that alone it may speak from. */
  allowedIps: string[];
  /** When the two last agreed on session keys, in milliseconds since 1970; 0: never. */
  lastHandshakeMs: number;
}

/** A WireGuard link as the kernel shows it. */
export interface WireguardDevice {
  /** Empty when it has none. */
  privateKey: string;
  publicKey: string;
  port: number;
  peers: WireguardPeer[];
}

/** What is to become of one peer. */
export type WireguardPeerChange =
  { publicKey: string; remove: true } | { publicKey: string; remove?: false; endpoint: WireguardEndpoint; allowedIps: string[] };

export interface WireguardChange {
  /** Replaces the former one: sessions are agreed on anew, while what others still send in the former ones is received. */
  privateKey?: string;
  port?: number;
  peers?: WireguardPeerChange[];
}

const family = 'wireguard';

/** Down, without a key. Equivalent to: `ip link add NAME mtu MTU type wireguard`. Errors: EEXIST, EOPNOTSUPP (CONFIG_WIREGUARD). */
export const addWireguard = ({ name, mtuBytes, group }: { name: string; mtuBytes: number; group?: number }): NetlinkRequest =>
  request(`ip link add ${name} mtu ${mtuBytes} type wireguard`, c.RTM_NEWLINK, c.NLM_F_CREATE | c.NLM_F_EXCL, linkHeader(), [
    text(c.IFLA_IFNAME, name),
    uint32(c.IFLA_MTU, mtuBytes),
    ...(group === undefined ? [] : [uint32(c.IFLA_GROUP, group)]),
    nested(c.IFLA_LINKINFO, [text(c.IFLA_INFO_KIND, family)]),
  ]);

/** The settings of WireGuard links in one namespace, by generic netlink. Source: include/uapi/linux/wireguard.h. */
export class WireguardSocket {
  /** Found out when it is first needed: the kernel may load its module then. */
  #familyId: number | undefined;

  private constructor(private readonly socket: RouteSocket) {}

  /** Opens a socket in `namespace`, or in the thread's own. */
  static open(namespace?: Namespace): WireguardSocket {
    return new WireguardSocket(RouteSocket.openGeneric(namespace));
  }

  /** Undefined when there is no such link, or it is of another kind. Equivalent to: `wg showconf NAME`; the private key is shown to root alone. */
  get(name: string): WireguardDevice | undefined {
    const device: WireguardDevice = { privateKey: '', publicKey: '', port: 0, peers: [] };
    try {
      const get = request(`wg show ${name}`, this.#family(), 0, genericHeader(c.WG_CMD_GET_DEVICE), [text(c.WGDEVICE_A_IFNAME, name)]);
      for (const { payload } of this.socket.dump(get)) takePart(device, payload.subarray(genericHeaderBytes));
    } catch (error) {
      if (error instanceof KernelError && ['ENODEV', 'EOPNOTSUPP', 'ENOENT'].includes(error.errnoName)) return undefined;
      throw error;
    }
    return device;
  }

  /**
   * Changes what is given, and leaves other peers alone. Repeating it changes nothing, but that a peer's endpoint is what was said again. Equivalent to:
   * `wg set NAME [listen-port PORT] [private-key FILE] [peer KEY endpoint ADDRESS:PORT allowed-ips PREFIX… | peer KEY remove]…`.
   * Throws KernelError: ENODEV, EOPNOTSUPP (not WireGuard), EADDRINUSE (the port, of a link that is up), ENOENT (the kernel has no WireGuard).
   */
  set(name: string, change: WireguardChange): void {
    const { peers = [], ...device } = change;
    const id = this.#family();
    const messages = chunks(peers).map((some, index) => setRequest(id, name, index === 0 ? device : {}, some));
    for (const message of messages) this.socket.request(message);
  }

  close(): void {
    this.socket.close();
  }

  #family(): number {
    return (this.#familyId ??= genericFamily(this.socket, family));
  }
}

/** Peers that one message holds: all of them have to fit into what an attribute can be long. */
const peersInMessage = 256;

function chunks(peers: WireguardPeerChange[]): WireguardPeerChange[][] {
  const parts = [peers.slice(0, peersInMessage)];
  for (let from = peersInMessage; from < peers.length; from += peersInMessage) parts.push(peers.slice(from, from + peersInMessage));
  return parts;
}

/** The private key is in the bytes alone, and in no text. */
export function setRequest(
  familyId: number,
  name: string,
  { privateKey, port }: Omit<WireguardChange, 'peers'>,
  peers: WireguardPeerChange[],
): NetlinkRequest {
  const words = [
    ...(port === undefined ? [] : [`listen-port ${port}`]),
    ...(privateKey === undefined ? [] : ['private-key …']),
    ...peers.map(describePeer),
  ];
  return request(`wg set ${name} ${words.join(' ')}`, familyId, 0, genericHeader(c.WG_CMD_SET_DEVICE), [
    text(c.WGDEVICE_A_IFNAME, name),
    ...(privateKey === undefined ? [] : [bytes(c.WGDEVICE_A_PRIVATE_KEY, Buffer.from(privateKey, 'base64'))]),
    ...(port === undefined ? [] : [uint16(c.WGDEVICE_A_LISTEN_PORT, port)]),
    ...(peers.length === 0
      ? []
      : [
          nested(
            c.WGDEVICE_A_PEERS,
            peers.map((peer, index) => nested(index, peerAttributes(peer))),
          ),
        ]),
  ]);
}

const describePeer = (peer: WireguardPeerChange): string =>
  peer.remove
    ? `peer ${peer.publicKey} remove`
    : `peer ${peer.publicKey} endpoint ${describeEndpoint(peer.endpoint)} allowed-ips ${peer.allowedIps.join(',')}`;

/** As it is written: `192.0.2.1:51820`, `[2001:db8::1]:51820`. */
export const describeEndpoint = ({ address, port }: WireguardEndpoint): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function peerAttributes(peer: WireguardPeerChange): Attribute[] {
  const key = bytes(c.WGPEER_A_PUBLIC_KEY, Buffer.from(peer.publicKey, 'base64'));
  if (peer.remove) return [key, uint32(c.WGPEER_A_FLAGS, c.WGPEER_F_REMOVE_ME)];
  return [
    key,
    uint32(c.WGPEER_A_FLAGS, c.WGPEER_F_REPLACE_ALLOWEDIPS),
    bytes(c.WGPEER_A_ENDPOINT, socketAddress(peer.endpoint)),
    nested(
      c.WGPEER_A_ALLOWEDIPS,
      peer.allowedIps.map((prefix, index) => {
        const { value, prefixLength, family: addressFamily } = prefixBytes(prefix);
        return nested(index, [
          uint16(c.WGALLOWEDIP_A_FAMILY, addressFamily),
          bytes(c.WGALLOWEDIP_A_IPADDR, value),
          bytes(c.WGALLOWEDIP_A_CIDR_MASK, Buffer.of(prefixLength)),
        ]);
      }),
    ),
  ];
}

/** struct sockaddr_in, struct sockaddr_in6 (include/uapi/linux/in.h, in6.h). */
function socketAddress({ address, port }: WireguardEndpoint): Buffer {
  const isIpv6 = familyOf(address) === c.AF_INET6;
  const value = Buffer.alloc(isIpv6 ? 28 : 16);
  value.writeUInt16LE(familyOf(address), 0);
  value.writeUInt16BE(port, 2);
  addressBytes(address).copy(value, isIpv6 ? 8 : 4);
  return value;
}

function decodeSocketAddress(value: Buffer): WireguardEndpoint {
  const isIpv6 = value.readUInt16LE(0) === c.AF_INET6;
  return { port: value.readUInt16BE(2), address: addressText(isIpv6 ? value.subarray(8, 24) : value.subarray(4, 8)) };
}

/** One message of several that show a link: a peer with many prefixes goes on in the next. */
export function takePart(device: WireguardDevice, payload: Buffer): void {
  const attributes = decodeAttributes(payload);
  const key = (type: number): string => attributes.get(type)?.toString('base64') ?? '';
  device.privateKey ||= key(c.WGDEVICE_A_PRIVATE_KEY);
  device.publicKey ||= key(c.WGDEVICE_A_PUBLIC_KEY);
  device.port ||= attributes.get(c.WGDEVICE_A_LISTEN_PORT)?.readUInt16LE(0) ?? 0;
  for (const { value } of decodeAttributeList(attributes.get(c.WGDEVICE_A_PEERS) ?? none)) {
    const peer = decodePeer(value);
    const known = device.peers.find(({ publicKey }) => publicKey === peer.publicKey);
    if (known) known.allowedIps.push(...peer.allowedIps);
    else device.peers.push(peer);
  }
}

const none = Buffer.alloc(0);

function decodePeer(value: Buffer): WireguardPeer {
  const attributes = decodeAttributes(value);
  const endpoint = attributes.get(c.WGPEER_A_ENDPOINT);
  // struct __kernel_timespec: seconds and nanoseconds, 64 bits each.
  const handshake = attributes.get(c.WGPEER_A_LAST_HANDSHAKE_TIME);
  return {
    publicKey: attributes.get(c.WGPEER_A_PUBLIC_KEY)?.toString('base64') ?? '',
    endpoint: endpoint ? decodeSocketAddress(endpoint) : null,
    allowedIps: decodeAttributeList(attributes.get(c.WGPEER_A_ALLOWEDIPS) ?? none).flatMap(({ value: allowed }) =>
      decodeAllowedIp(allowed),
    ),
    lastHandshakeMs: handshake ? Number(handshake.readBigInt64LE(0) * 1000n + handshake.readBigInt64LE(8) / 1_000_000n) : 0,
  };
}

function decodeAllowedIp(value: Buffer): string[] {
  const attributes = decodeAttributes(value);
  const address = attributes.get(c.WGALLOWEDIP_A_IPADDR);
  return address ? [`${addressText(address)}/${attributes.get(c.WGALLOWEDIP_A_CIDR_MASK)?.readUInt8(0) ?? 0}`] : [];
}
