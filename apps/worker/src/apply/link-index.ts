import { getLink, KernelError, type RouteSocket } from '@netyard/netlink';

const enodev = 19;

/** The link's index. Throws KernelError ENODEV when there is no such link. */
export function linkIndex(socket: RouteSocket, name: string): number {
  const link = getLink(socket, name);
  if (!link) throw new KernelError(`ip link show ${name}`, enodev);
  return link.index;
}

/** The same, asking the kernel once for each link. */
export function knownIndexes(socket: RouteSocket): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    const index = known.get(name) ?? linkIndex(socket, name);
    known.set(name, index);
    return index;
  };
}
