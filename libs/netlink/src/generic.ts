import { decodeAttributes, text } from './attribute';
import * as c from './constants';
import { KernelError } from './kernel-error';
import { request } from './message';
import type { RouteSocket } from './route-socket';

/** struct genlmsghdr: command and version, which come before the attributes of every message of a generic family. Source: include/uapi/linux/genetlink.h. */
export const genericHeader = (command: number, version = 1): Buffer => Buffer.of(command, version, 0, 0);
export const genericHeaderBytes = 4;

const ENOENT = 2;

/**
 * The number by which the running kernel knows a family of generic netlink; its module is loaded when it has one. Equivalent to: `genl ctrl get name NAME`.
 * Throws KernelError ENOENT when the kernel has no such family. Source: include/uapi/linux/genetlink.h (CTRL_CMD_GETFAMILY).
 */
export function genericFamily(socket: RouteSocket, name: string): number {
  const equals = `genl ctrl get name ${name}`;
  const answer = socket.get(request(equals, c.GENL_ID_CTRL, 0, genericHeader(c.CTRL_CMD_GETFAMILY), [text(c.CTRL_ATTR_FAMILY_NAME, name)]));
  const id = decodeAttributes(answer.payload.subarray(genericHeaderBytes)).get(c.CTRL_ATTR_FAMILY_ID);
  if (!id) throw new KernelError(equals, ENOENT);
  return id.readUInt16LE(0);
}
