import { bytes, decodeAttributes, uint32, type Attribute } from './attribute';
import * as c from './constants';
import { addressBytes, addressText, macBytes, macText } from './ip-bytes';
import { request, type NetlinkMessage, type NetlinkRequest } from './message';
import { isExternal, neighbourHeader } from './neighbour-header';
import type { RouteSocket } from './route-socket';

/** Where the frames for a MAC address go, of a VXLAN link that is a port of a bridge. */
export interface Forwarding {
  macAddress: string;
  /** The tunnel endpoint that packets are sent to; null: the link does not know. */
  destination: string | null;
  /** The link that packets to it leave by; undefined: left to the routes. */
  viaIndex?: number;
  /** Whether the bridge sends frames for the address to this port. */
  onBridge: boolean;
  /** Whether all of it was written by a program that learned it elsewhere, as routing daemons do (`extern_learn`). */
  isExternal: boolean;
}

/**
 * Tells both the VXLAN link and the bridge that it is a port of where a MAC address is, for good. May be repeated; another destination takes the place of the first.
 * Equivalent to: `bridge fdb replace MAC dev LINK dst DESTINATION [via LINK] self static; bridge fdb replace MAC dev LINK master static`. Errors: ENODEV, EINVAL (no VXLAN link).
 */
export const replaceForwarding = (linkIndex: number, macAddress: string, destination: string, viaIndex?: number): NetlinkRequest[] => [
  entryRequest('replace', 'self', linkIndex, macAddress, { destination, viaIndex }),
  entryRequest('replace', 'master', linkIndex, macAddress),
];

/** Equivalent to: `bridge fdb delete MAC dev LINK self; bridge fdb delete MAC dev LINK master`. Errors: ENOENT (not there), ENODEV. */
export const deleteForwarding = (linkIndex: number, macAddress: string): NetlinkRequest[] => [
  entryRequest('delete', 'self', linkIndex, macAddress),
  entryRequest('delete', 'master', linkIndex, macAddress),
];

function entryRequest(
  verb: 'replace' | 'delete',
  table: 'self' | 'master',
  linkIndex: number,
  macAddress: string,
  { destination, viaIndex }: { destination?: string; viaIndex?: number | undefined } = {},
): NetlinkRequest {
  const attributes: Attribute[] = [bytes(c.NDA_LLADDR, macBytes(macAddress))];
  if (destination !== undefined) attributes.push(bytes(c.NDA_DST, addressBytes(destination)));
  if (viaIndex !== undefined) attributes.push(uint32(c.NDA_IFINDEX, viaIndex));
  const header = neighbourHeader(c.AF_BRIDGE, linkIndex, c.NUD_NOARP | c.NUD_REACHABLE, table === 'self' ? c.NTF_SELF : c.NTF_MASTER);
  return request(
    `bridge fdb ${verb} ${macAddress} dev ${linkIndex}${destination === undefined ? '' : ` dst ${destination}`}${viaIndex === undefined ? '' : ` via ${viaIndex}`} ${table} static`,
    verb === 'replace' ? c.RTM_NEWNEIGH : c.RTM_DELNEIGH,
    verb === 'replace' ? c.NLM_F_CREATE | c.NLM_F_REPLACE : 0,
    header,
    attributes,
  );
}

/** What a VXLAN link and its bridge know, without the link's own address. Equivalent to: `bridge fdb show brport LINK`. */
export function listForwarding(socket: RouteSocket, linkIndex: number): Forwarding[] {
  const entries = new Map<string, Forwarding>();
  const dump = request('bridge fdb show', c.RTM_GETNEIGH, 0, neighbourHeader(c.AF_BRIDGE), [uint32(c.NDA_IFINDEX, linkIndex)]);
  for (const message of socket.dump(dump)) {
    const found = decodeEntry(message);
    if (found?.linkIndex !== linkIndex) continue;
    const entry = entries.get(found.macAddress) ?? { macAddress: found.macAddress, destination: null, onBridge: false, isExternal: true };
    entries.set(entry.macAddress, {
      ...entry,
      destination: found.destination ?? entry.destination,
      ...(found.viaIndex === undefined ? {} : { viaIndex: found.viaIndex }),
      onBridge: entry.onBridge || found.onBridge,
      isExternal: entry.isExternal && found.isExternal,
    });
  }
  return [...entries.values()];
}

const shown = new Set([c.NDA_DST, c.NDA_LLADDR, c.NDA_IFINDEX, c.NDA_MASTER]);

interface Entry extends Omit<Forwarding, 'destination'> {
  linkIndex: number;
  destination?: string;
}

function decodeEntry({ payload }: NetlinkMessage): Entry | undefined {
  const attributes = decodeAttributes(payload.subarray(12), shown);
  const mac = attributes.get(c.NDA_LLADDR);
  const isOwnAddress = (payload.readUInt16LE(8) & c.NUD_PERMANENT) !== 0;
  if (!mac || isOwnAddress) return undefined;
  const destination = attributes.get(c.NDA_DST);
  return {
    linkIndex: payload.readInt32LE(4),
    macAddress: macText(mac),
    onBridge: attributes.has(c.NDA_MASTER),
    isExternal: isExternal(payload),
    destination: destination && addressText(destination),
    viaIndex: attributes.get(c.NDA_IFINDEX)?.readUInt32LE(0),
  };
}
