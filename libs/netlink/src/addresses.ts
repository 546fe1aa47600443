import { bytes, decodeAttributes, uint32, type Attribute } from './attribute';
import * as c from './constants';
import { addressText, prefixBytes } from './ip-bytes';
import { KernelError } from './kernel-error';
import { request, type NetlinkMessage, type NetlinkRequest } from './message';
import type { RouteSocket } from './route-socket';

/** An address on a link. */
export interface LinkAddress {
  linkIndex: number;
  /** With prefix length, e.g. `10.0.0.2/24`. */
  address: string;
  scope: number;
}

/** struct ifaddrmsg, include/uapi/linux/if_addr.h */
function addressHeader(family: number, prefixLength: number, linkIndex: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(family, 0);
  header.writeUInt8(prefixLength, 1);
  header.writeUInt32LE(linkIndex, 4);
  return header;
}

function addressRequest(
  verb: 'add' | 'replace' | 'delete',
  type: number,
  flags: number,
  linkIndex: number,
  address: string,
): NetlinkRequest {
  const { value, prefixLength, family } = prefixBytes(address);
  const attributes: Attribute[] = [bytes(c.IFA_LOCAL, value), bytes(c.IFA_ADDRESS, value)];
  const broadcast = verb !== 'delete' && family === c.AF_INET && prefixLength < 31 ? broadcastOf(value, prefixLength) : undefined;
  if (broadcast) attributes.push(bytes(c.IFA_BROADCAST, broadcast));
  if (verb !== 'delete' && family === c.AF_INET6) attributes.push(uint32(c.IFA_FLAGS, c.IFA_F_NODAD));
  return request(`ip address ${verb} ${address} dev ${linkIndex}`, type, flags, addressHeader(family, prefixLength, linkIndex), attributes);
}

/** The last address of the prefix. */
function broadcastOf(value: Buffer, prefixLength: number): Buffer {
  const broadcast = Buffer.alloc(4);
  broadcast.writeUInt32BE((value.readUInt32BE(0) | (0xffffffff >>> prefixLength)) >>> 0);
  return broadcast;
}

/** IPv6 addresses skip duplicate address detection: whoever chose them answers for that. Equivalent to: `ip address add ADDRESS brd + dev LINK [nodad]`. Errors: EEXIST, ENODEV. */
export const addAddress = (linkIndex: number, address: string): NetlinkRequest =>
  addressRequest('add', c.RTM_NEWADDR, c.NLM_F_CREATE | c.NLM_F_EXCL, linkIndex, address);

/** As `addAddress`, but may be repeated. Equivalent to: `ip address replace ADDRESS brd + dev LINK [nodad]`. Errors: ENODEV. */
export const replaceAddress = (linkIndex: number, address: string): NetlinkRequest =>
  addressRequest('replace', c.RTM_NEWADDR, c.NLM_F_CREATE | c.NLM_F_REPLACE, linkIndex, address);

/** Equivalent to: `ip address delete ADDRESS dev LINK`. Errors: EADDRNOTAVAIL (not there). */
export const deleteAddress = (linkIndex: number, address: string): NetlinkRequest =>
  addressRequest('delete', c.RTM_DELADDR, 0, linkIndex, address);

/** All addresses in the namespace, or one link's: none if there is no such link. Equivalent to: `ip address show [dev LINK]`. */
export function listAddresses(socket: RouteSocket, linkIndex = 0): LinkAddress[] {
  try {
    return socket.dump(request('ip address show', c.RTM_GETADDR, 0, addressHeader(c.AF_UNSPEC, 0, linkIndex))).flatMap(decodeAddress);
  } catch (error) {
    if (error instanceof KernelError && error.errnoName === 'ENODEV') return [];
    throw error;
  }
}

/** Reads an RTM_NEWADDR or RTM_DELADDR message. */
export function decodeAddress({ payload }: NetlinkMessage): LinkAddress[] {
  const attributes = decodeAttributes(payload.subarray(8));
  const value = attributes.get(c.IFA_LOCAL) ?? attributes.get(c.IFA_ADDRESS);
  return value
    ? [{ linkIndex: payload.readUInt32LE(4), address: `${addressText(value)}/${payload.readUInt8(1)}`, scope: payload.readUInt8(3) }]
    : [];
}
