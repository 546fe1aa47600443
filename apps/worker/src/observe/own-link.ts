import { ownedLinkGroup, parseOwnerAlias } from '@netyard/contracts';
import { getLink, type Link, type RouteSocket } from '@netyard/netlink';

/** A link that has one of our names and is not ours: it is left alone, and what needs the name fails. */
export class ForeignLinkError extends Error {
  override readonly name = 'ForeignLinkError';

  constructor(link: string, alias: string | undefined) {
    super(`there is a link ${link} that is not Netyard's for this object (alias ${alias ?? 'none'})`);
  }
}

/** Made by a worker that ended before it could write the alias. It shows as different from what is wanted, and is made anew. */
export const isHalfMade = ({ alias, group }: Link): boolean => alias === undefined && group === ownedLinkGroup;

/** The link of that name, if there is one. Throws ForeignLinkError when it belongs to anything but the object with this id. */
export function ownLink(socket: RouteSocket, name: string, id: string): Link | undefined {
  const link = getLink(socket, name);
  if (link && !isHalfMade(link) && parseOwnerAlias(link.alias)?.id !== id) throw new ForeignLinkError(name, link.alias);
  return link;
}

/** Both ends name each other's index. */
export const isPair = (link: Link, inner: Link): boolean =>
  inner.kind === 'veth' && link.peerIndex === inner.index && inner.peerIndex === link.index;
