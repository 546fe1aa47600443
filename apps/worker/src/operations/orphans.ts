import { bridgeLinkName, parseOwnerAlias, sandboxNamespaceName, type EventReport } from '@netyard/contracts';
import { listLinks, type RouteSocket } from '@netyard/netlink';
import type { Firewall } from '../firewall/firewall';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import type { DesiredStore } from './desired-store';

/** What is ours by its mark and belongs to nothing that is wanted. */
export interface Orphans {
  links: { name: string; kind: string; id: string }[];
  namespaces: string[];
  bridges: string[];
}

/** Looks through links, namespaces and firewall elements. To be called only once the desired state is in sync. */
export function findOrphans(store: DesiredStore, socket: RouteSocket, sandboxes: SandboxNamespaces, firewall: Firewall): Orphans {
  const links = listLinks(socket).flatMap(({ name, alias }) => {
    const owner = parseOwnerAlias(alias);
    return owner && !store.networks.has(owner.id) && !store.endpoints.has(owner.id) ? [{ name, ...owner }] : [];
  });
  const bridges = new Set([...store.networks.keys()].map(bridgeLinkName));
  return {
    links,
    namespaces: sandboxes.unknown(new Set([...store.sandboxes.keys()].map(sandboxNamespaceName))),
    bridges: firewall.links().filter((name) => !bridges.has(name)),
  };
}

/** What is told about orphans that were removed. */
export const orphanEvents = ({ links, namespaces }: Orphans): EventReport[] => [
  ...links.map(({ name, kind, id }) =>
    orphanEvent(kind === 'network' ? 'network' : 'endpoint', id, `link ${name} belonged to nothing wanted here and was removed`),
  ),
  ...namespaces.map((name) => orphanEvent('host', '', `network namespace ${name} belonged to nothing wanted here and was removed`)),
];

const orphanEvent = (kind: EventReport['kind'], id: string, message: string): EventReport => ({
  kind,
  id,
  type: 'Warning',
  reason: 'OrphanRemoved',
  message,
});
