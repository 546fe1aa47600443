import * as c from './constants';

/** struct ndmsg, include/uapi/linux/neighbour.h */
export function neighbourHeader(family: number, linkIndex = 0, state = 0, flags = 0): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(family, 0);
  header.writeInt32LE(linkIndex, 4);
  header.writeUInt16LE(state, 8);
  header.writeUInt8(flags, 10);
  return header;
}

/** Whether an entry was written by a program that learned it elsewhere (`extern_learn`). */
export const isExternal = (payload: Buffer): boolean => (payload.readUInt8(10) & c.NTF_EXT_LEARNED) !== 0;
