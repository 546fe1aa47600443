import { getLink, listLinks, type KernelError, type RouteSocket } from '@netyard/netlink';

/** A link of the host is not fit for others to stand on. */
export class UnfitParentError extends Error {
  override readonly name = 'UnfitParent';
}

/** Throws UnfitParentError when the link is missing or down, or a port of a bridge, which has its frames. */
export function assertFitParent(socket: RouteSocket, name: string): void {
  const link = getLink(socket, name);
  if (!link) throw new UnfitParentError(`parent ${name} is not there; this host has ${otherLinks(socket)}`);
  if (!link.up) throw new UnfitParentError(`parent ${name} is down: ip link set ${name} up`);
  const master = link.masterIndex === undefined ? undefined : getLink(socket, link.masterIndex);
  if (master?.kind === 'bridge') throw new UnfitParentError(`parent ${name} is a port of bridge ${master.name}, which takes its frames`);
}

/** The kernel says no more than that a parent is busy. Who else is on it in this namespace is named. */
export function explainSublink(socket: RouteSocket, error: KernelError, parent: string): Error {
  if (error.errnoName === 'EOPNOTSUPP') return new UnfitParentError(`this kernel cannot do it: ${error.message}`, { cause: error });
  if (error.errnoName !== 'EBUSY' && error.errnoName !== 'EINVAL') return error;
  const parentIndex = getLink(socket, parent)?.index;
  const users = listLinks(socket)
    .filter(({ sublink, peerIndex, peerNamespaceId }) => sublink && peerIndex === parentIndex && peerNamespaceId === undefined)
    .map(({ name, kind }) => `${name} (${kind})`);
  const others = users.length > 0 ? `: ${users.join(', ')} stands on it` : ': links in sandboxes may stand on it';
  return new UnfitParentError(
    `parent ${parent} cannot take the link${others}; macvlan and ipvlan exclude each other, and so do passthru and all others: ${error.message}`,
    { cause: error },
  );
}

const otherLinks = (socket: RouteSocket): string =>
  listLinks(socket)
    .map(({ name }) => name)
    .filter((name) => name !== 'lo' && !name.startsWith('ny'))
    .join(', ') || 'no other links';
