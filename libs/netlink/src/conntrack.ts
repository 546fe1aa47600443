import { bytes, decodeAttributes, nested, type Attribute } from './attribute';
import * as c from './constants';
import { addressBytes, addressText, familyOf } from './ip-bytes';
import type { KernelError } from './kernel-error';
import { request, type NetlinkMessage, type NetlinkRequest } from './message';
import type { RouteSocket } from './route-socket';

/** What tells ICMP flows apart (RFC 792, RFC 4443). */
export interface IcmpMessage {
  id: number;
  type: number;
  code: number;
}

/** A flow as packets of one direction show it. */
export interface FlowTuple {
  source: string;
  destination: string;
  /** Of IP, e.g. 6 for TCP. */
  protocol: number;
  /** Null for protocols without ports. */
  sourcePort: number | null;
  destinationPort: number | null;
  icmp: IcmpMessage | null;
}

/** A flow that the kernel's connection tracking knows of. */
export interface TrackedFlow {
  /** As its first packet came. */
  original: FlowTuple;
  /** As its answers come: its source is where the flow really leads, after translation of addresses. */
  reply: FlowTuple;
  /** Bits of `enum ip_conntrack_status`. */
  status: number;
  isAnswered: boolean;
  isSourceTranslated: boolean;
  isDestinationTranslated: boolean;
  /** Tells an entry from a later one of the same tuple. */
  id: number;
  zone: number;
  timeoutSeconds: number;
}

/** Where flows lead as their clients see it, before translation. */
export interface FlowDestination {
  /** Left out: any address. */
  address?: string;
  protocol: number;
  port: number;
}

const conntrackType = (message: number): number => (c.NFNL_SUBSYS_CTNETLINK << 8) | message;

/** struct nfgenmsg, include/uapi/linux/netfilter/nfnetlink.h */
const netfilterHeader = (family: number): Buffer => Buffer.of(family, 0, 0, 0);

/** All flows that are tracked in the namespace of a netfilter socket. Throws KernelError. Equivalent to: `conntrack -L`. Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h. */
export const listFlows = (socket: RouteSocket): TrackedFlow[] =>
  socket.dump(request('conntrack -L', conntrackType(c.IPCTNL_MSG_CT_GET), 0, netfilterHeader(c.AF_UNSPEC))).flatMap(decodeFlow);

/**
 * Forgets one flow: its next packet is looked at as a new one's. A later flow with the same tuple is left alone. Errors: ENOENT (there is none).
 * Equivalent to: `conntrack -D --orig-src … --orig-dst … -p …`.
 */
export function deleteFlow({ original, id, zone }: Pick<TrackedFlow, 'original' | 'id' | 'zone'>): NetlinkRequest {
  const { source, destination, protocol } = original;
  const attributes = [nested(c.CTA_TUPLE_ORIG, tupleAttributes(original)), bytes(c.CTA_ID, big32(id))];
  if (zone !== 0) attributes.push(bytes(c.CTA_ZONE, big16(zone)));
  return request(
    `conntrack -D --orig-src ${source} --orig-dst ${destination} -p ${protocol}`,
    conntrackType(c.IPCTNL_MSG_CT_DELETE),
    0,
    netfilterHeader(familyOf(source)),
    attributes,
  );
}

/** Forgets flows; gives how many there were still. Throws KernelError for any refusal but ENOENT, after all have been tried. */
export function deleteFlows(socket: RouteSocket, flows: readonly Pick<TrackedFlow, 'original' | 'id' | 'zone'>[]): number {
  const results = socket.batch(flows.map(deleteFlow));
  const refusal = results.find((error): error is KernelError => error !== undefined && error.errnoName !== 'ENOENT');
  if (refusal) throw refusal;
  return results.filter((error) => error === undefined).length;
}

/**
 * Forgets the flows to a port, as to one that is no longer published; gives how many there were. Throws KernelError.
 * Equivalent to: `conntrack -D -p PROTOCOL [--orig-dst ADDRESS] --orig-port-dst PORT`.
 */
export function deleteFlowsTo(socket: RouteSocket, { address, protocol, port }: FlowDestination): number {
  const wanted = address === undefined ? undefined : addressText(addressBytes(address));
  const isThere = ({ original }: TrackedFlow): boolean =>
    original.protocol === protocol && original.destinationPort === port && (wanted === undefined || original.destination === wanted);
  return deleteFlows(socket, listFlows(socket).filter(isThere));
}

const wantedAttributes = new Set([c.CTA_TUPLE_ORIG, c.CTA_TUPLE_REPLY, c.CTA_STATUS, c.CTA_TIMEOUT, c.CTA_ID, c.CTA_ZONE]);

function decodeFlow({ payload }: NetlinkMessage): TrackedFlow[] {
  const attributes = decodeAttributes(payload.subarray(4), wantedAttributes);
  const original = decodeTuple(attributes.get(c.CTA_TUPLE_ORIG));
  const reply = decodeTuple(attributes.get(c.CTA_TUPLE_REPLY));
  if (!original || !reply) return [];
  const status = attributes.get(c.CTA_STATUS)?.readUInt32BE() ?? 0;
  return [
    {
      original,
      reply,
      status,
      isAnswered: (status & c.IPS_SEEN_REPLY) !== 0,
      isSourceTranslated: (status & c.IPS_SRC_NAT) !== 0,
      isDestinationTranslated: (status & c.IPS_DST_NAT) !== 0,
      id: attributes.get(c.CTA_ID)?.readUInt32BE() ?? 0,
      zone: attributes.get(c.CTA_ZONE)?.readUInt16BE() ?? 0,
      timeoutSeconds: attributes.get(c.CTA_TIMEOUT)?.readUInt32BE() ?? 0,
    },
  ];
}

function decodeTuple(tuple: Buffer | undefined): FlowTuple | undefined {
  const parts = tuple && decodeAttributes(tuple);
  const addresses = decodeAttributes(parts?.get(c.CTA_TUPLE_IP) ?? Buffer.alloc(0));
  const protocol = decodeAttributes(parts?.get(c.CTA_TUPLE_PROTO) ?? Buffer.alloc(0));
  const source = addresses.get(c.CTA_IP_V4_SRC) ?? addresses.get(c.CTA_IP_V6_SRC);
  const destination = addresses.get(c.CTA_IP_V4_DST) ?? addresses.get(c.CTA_IP_V6_DST);
  if (!source || !destination) return undefined;
  return {
    source: addressText(source),
    destination: addressText(destination),
    protocol: protocol.get(c.CTA_PROTO_NUM)?.readUInt8() ?? 0,
    sourcePort: protocol.get(c.CTA_PROTO_SRC_PORT)?.readUInt16BE() ?? null,
    destinationPort: protocol.get(c.CTA_PROTO_DST_PORT)?.readUInt16BE() ?? null,
    icmp: decodeIcmp(protocol),
  };
}

function decodeIcmp(protocol: Map<number, Buffer>): IcmpMessage | null {
  const id = protocol.get(c.CTA_PROTO_ICMP_ID) ?? protocol.get(c.CTA_PROTO_ICMPV6_ID);
  const type = protocol.get(c.CTA_PROTO_ICMP_TYPE) ?? protocol.get(c.CTA_PROTO_ICMPV6_TYPE);
  const code = protocol.get(c.CTA_PROTO_ICMP_CODE) ?? protocol.get(c.CTA_PROTO_ICMPV6_CODE);
  return id && type && code ? { id: id.readUInt16BE(), type: type.readUInt8(), code: code.readUInt8() } : null;
}

function tupleAttributes({ source, destination, protocol, sourcePort, destinationPort, icmp }: FlowTuple): Attribute[] {
  const isIpv6 = familyOf(source) === c.AF_INET6;
  const numbers = [bytes(c.CTA_PROTO_NUM, Buffer.of(protocol))];
  if (sourcePort !== null) numbers.push(bytes(c.CTA_PROTO_SRC_PORT, big16(sourcePort)));
  if (destinationPort !== null) numbers.push(bytes(c.CTA_PROTO_DST_PORT, big16(destinationPort)));
  if (icmp)
    numbers.push(
      bytes(isIpv6 ? c.CTA_PROTO_ICMPV6_ID : c.CTA_PROTO_ICMP_ID, big16(icmp.id)),
      bytes(isIpv6 ? c.CTA_PROTO_ICMPV6_TYPE : c.CTA_PROTO_ICMP_TYPE, Buffer.of(icmp.type)),
      bytes(isIpv6 ? c.CTA_PROTO_ICMPV6_CODE : c.CTA_PROTO_ICMP_CODE, Buffer.of(icmp.code)),
    );
  return [
    nested(c.CTA_TUPLE_IP, [
      bytes(isIpv6 ? c.CTA_IP_V6_SRC : c.CTA_IP_V4_SRC, addressBytes(source)),
      bytes(isIpv6 ? c.CTA_IP_V6_DST : c.CTA_IP_V4_DST, addressBytes(destination)),
    ]),
    nested(c.CTA_TUPLE_PROTO, numbers),
  ];
}

function big16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}

function big32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value >>> 0);
  return buffer;
}
