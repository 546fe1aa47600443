import * as c from './constants';
import { KernelError } from './kernel-error';
import { errno, libc } from './libc';

const bufferBytes = 4 * 1024 * 1024;
const receiveTimeoutSeconds = 10n;

/**
 * A netlink socket of a family, by default the one of routes, in the thread's namespace, with extended acknowledgements, strict filters and large buffers.
 * Receiving gives up after 10 seconds, since a request that the kernel drops gets no answer. Throws KernelError.
 * Source: netlink(7), include/uapi/linux/netlink.h.
 */
export function openRouteDescriptor(family: number = c.NETLINK_ROUTE): number {
  const fd = libc.socket(c.AF_NETLINK, c.SOCK_RAW | c.SOCK_CLOEXEC, family);
  if (fd < 0) throw new KernelError(`open a netlink socket of family ${family}`, errno());
  const on = int32(1);
  for (const option of [c.NETLINK_CAP_ACK, c.NETLINK_EXT_ACK, c.NETLINK_GET_STRICT_CHK]) libc.setsockopt(fd, c.SOL_NETLINK, option, on, 4);
  enlarge(fd, c.SO_RCVBUFFORCE, c.SO_RCVBUF);
  enlarge(fd, c.SO_SNDBUFFORCE, c.SO_SNDBUF);
  const timeout = Buffer.alloc(16);
  timeout.writeBigInt64LE(receiveTimeoutSeconds, 0);
  libc.setsockopt(fd, c.SOL_SOCKET, c.SO_RCVTIMEO, timeout, 16);
  return fd;
}

/** Beyond the system's limit only with CAP_NET_ADMIN in the first user namespace; up to it for anybody. */
function enlarge(fd: number, forced: number, plain: number): void {
  const size = int32(bufferBytes);
  if (libc.setsockopt(fd, c.SOL_SOCKET, forced, size, 4) < 0) libc.setsockopt(fd, c.SOL_SOCKET, plain, size, 4);
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}
