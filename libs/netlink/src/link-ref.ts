import { text, type Attribute } from './attribute';
import * as c from './constants';

/** Names a link, by name or by index (which saves the kernel nothing, but survives renaming). */
export type LinkRef = string | number;

export const refAttributes = (link: LinkRef): Attribute[] => (typeof link === 'string' ? [text(c.IFLA_IFNAME, link)] : []);
export const refIndex = (link: LinkRef): number => (typeof link === 'number' ? link : 0);

/** struct ifinfomsg, include/uapi/linux/rtnetlink.h */
export function linkHeader(index = 0, flags = 0, change = 0, family = c.AF_UNSPEC): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt8(family, 0);
  header.writeInt32LE(index, 4);
  header.writeUInt32LE(flags, 8);
  header.writeUInt32LE(change, 12);
  return header;
}
