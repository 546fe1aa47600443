import { decodeAttributes, uint32 } from './attribute';
import { KernelError } from './kernel-error';
import { request, type NetlinkRequest } from './message';
import type { Namespace } from './namespace';
import type { RouteSocket } from './route-socket';

// include/uapi/linux/rtnetlink.h, net_namespace.h
const RTM_NEWNSID = 88;
const RTM_GETNSID = 90;
const NETNSA_NSID = 1;
const NETNSA_FD = 3;
/** NETNSA_NSID_NOT_ASSIGNED; asked for, it leaves the choice to the kernel. */
const notAssigned = -1;

/** struct rtgenmsg, with padding. */
const header = Buffer.alloc(4);

const get = (namespace: Namespace): NetlinkRequest =>
  request(`ip netns list-id (of ${namespace.path})`, RTM_GETNSID, 0, header, [uint32(NETNSA_FD, namespace.fd)]);

/**
 * The number by which the namespace of the socket knows another one, which gets one if it has none: only then are its events told here (`EventSocket`). May be
 * repeated. Numbers are given again when their namespace is gone. Equivalent to: `ip netns set NAMESPACE auto`. Source: net/core/net_namespace.c.
 */
export function numberNamespace(socket: RouteSocket, namespace: Namespace): number {
  const [error] = socket.batch([
    request(`ip netns set ${namespace.path} auto`, RTM_NEWNSID, 0, header, [
      uint32(NETNSA_NSID, notAssigned),
      uint32(NETNSA_FD, namespace.fd),
    ]),
  ]);
  if (error && error.errnoName !== 'EEXIST') throw error;
  const number = decodeAttributes(socket.get(get(namespace)).payload.subarray(header.length))
    .get(NETNSA_NSID)
    ?.readInt32LE(0);
  if (number === undefined || number === notAssigned) throw new KernelError(`ip netns set ${namespace.path} auto`, enoent);
  return number;
}

const enoent = 2;
