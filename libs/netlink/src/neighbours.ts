import { bytes, decodeAttributes, uint32 } from './attribute';
import * as c from './constants';
import { addressBytes, addressText, familyOf, macBytes, macText } from './ip-bytes';
import { request, type NetlinkMessage, type NetlinkRequest } from './message';
import { isExternal, neighbourHeader } from './neighbour-header';
import type { RouteSocket } from './route-socket';

const states = {
  incomplete: 0x01,
  reachable: 0x02,
  stale: 0x04,
  delay: 0x08,
  probe: 0x10,
  failed: 0x20,
  noarp: c.NUD_NOARP,
  permanent: c.NUD_PERMANENT,
} as const;
export type NeighbourState = keyof typeof states;

/** What a link knows of an address on its segment (ARP, neighbour discovery). */
export interface Neighbour {
  linkIndex: number;
  address: string;
  /** Undefined while it is being asked for. */
  macAddress?: string;
  state: NeighbourState;
  /** Whether a program wrote it that learned it elsewhere, as routing daemons do (`extern_learn`). */
  isExternal: boolean;
}

export type NeighbourRequest = Required<Pick<Neighbour, 'linkIndex' | 'address' | 'macAddress'>>;

function setNeighbour(verb: 'add' | 'replace', flags: number, { linkIndex, address, macAddress }: NeighbourRequest): NetlinkRequest {
  const header = neighbourHeader(familyOf(address), linkIndex, c.NUD_PERMANENT);
  return request(
    `ip neighbour ${verb} ${address} lladdr ${macAddress} nud permanent dev ${linkIndex}`,
    c.RTM_NEWNEIGH,
    c.NLM_F_CREATE | flags,
    header,
    [bytes(c.NDA_DST, addressBytes(address)), bytes(c.NDA_LLADDR, macBytes(macAddress))],
  );
}

/** Never expires. Equivalent to: `ip neighbour add ADDRESS lladdr MAC nud permanent dev LINK`. Errors: EEXIST, ENODEV. */
export const addNeighbour = (neighbour: NeighbourRequest): NetlinkRequest => setNeighbour('add', c.NLM_F_EXCL, neighbour);

/** May be repeated. Equivalent to: `ip neighbour replace ADDRESS lladdr MAC nud permanent dev LINK`. Errors: ENODEV. */
export const replaceNeighbour = (neighbour: NeighbourRequest): NetlinkRequest => setNeighbour('replace', c.NLM_F_REPLACE, neighbour);

/** Equivalent to: `ip neighbour delete ADDRESS dev LINK`. Errors: ENOENT (not there). */
export const deleteNeighbour = (linkIndex: number, address: string): NetlinkRequest =>
  request(`ip neighbour delete ${address} dev ${linkIndex}`, c.RTM_DELNEIGH, 0, neighbourHeader(familyOf(address), linkIndex), [
    bytes(c.NDA_DST, addressBytes(address)),
  ]);

/** All neighbours in the namespace, or one link's. Equivalent to: `ip neighbour show nud all [dev LINK]`, without `none`, and of `noarp` only what is `extern_learn`. */
export function listNeighbours(socket: RouteSocket, linkIndex?: number): Neighbour[] {
  const attributes = linkIndex === undefined ? [] : [uint32(c.NDA_IFINDEX, linkIndex)];
  return socket
    .dump(request('ip neighbour show nud all', c.RTM_GETNEIGH, 0, neighbourHeader(c.AF_UNSPEC), attributes))
    .flatMap(decodeNeighbour);
}

/** Reads an RTM_NEWNEIGH or RTM_DELNEIGH message; nothing for what the kernel itself needs no resolution for (multicast, loopback) and for a bridge's forwarding entries. */
export function decodeNeighbour({ payload }: NetlinkMessage): Neighbour[] {
  const family = payload.readUInt8(0);
  const bits = payload.readUInt16LE(8);
  const state = (Object.keys(states) as NeighbourState[]).find((name) => (states[name] & bits) !== 0);
  const attributes = decodeAttributes(payload.subarray(12));
  const address = attributes.get(c.NDA_DST);
  const external = isExternal(payload);
  if ((family !== c.AF_INET && family !== c.AF_INET6) || !address || state === undefined || (state === 'noarp' && !external)) return [];
  const mac = attributes.get(c.NDA_LLADDR);
  return [
    { linkIndex: payload.readInt32LE(4), address: addressText(address), macAddress: mac && macText(mac), state, isExternal: external },
  ];
}

const named = new Set([c.NDA_DST, c.NDA_LLADDR]);

/**
 * Which entry an RTM_NEWNEIGH or RTM_DELNEIGH message is about: that of an address, as a link knows its neighbours, or that of a MAC address, as bridges and tunnels know where
 * it is. Undefined for what has neither.
 */
export function decodeEntryName({ payload }: NetlinkMessage): { linkIndex: number; name: string } | undefined {
  const attributes = decodeAttributes(payload.subarray(12), named);
  const [address, mac] = [attributes.get(c.NDA_DST), attributes.get(c.NDA_LLADDR)];
  const linkIndex = payload.readInt32LE(4);
  if (payload.readUInt8(0) === c.AF_BRIDGE) return mac && { linkIndex, name: macText(mac) };
  return address && { linkIndex, name: addressText(address) };
}
