import {
  bridgeLinkName,
  parseOwnerAlias,
  sandboxNamespaceName,
  shaperLinkName,
  shimLinkName,
  vethLinkName,
  vxlanLinkName,
  wireguardLinkName,
  type EventReport,
} from '@netyard/contracts';
import { innerOwner, tunnelOwner, wireguardAlias } from '@netyard/drivers';
import { listLinks, type RouteSocket } from '@netyard/netlink';
import { isHalfMade } from '../observe/observe';
import { vlanOf } from './removals';
import type { Firewall } from '../firewall/firewall';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import type { DesiredStore } from './desired-store';

/** What is ours by its mark and belongs to nothing that is wanted. */
export interface Orphans {
  links: { name: string; kind: string; id: string }[];
  namespaces: string[];
  /** Links and ids that elements of the firewall belong to. */
  owners: string[];
}

/** Looks through links, namespaces and firewall elements. To be called only once the desired state is in sync. */
export function findOrphans(store: DesiredStore, socket: RouteSocket, sandboxes: SandboxNamespaces, firewall: Firewall): Orphans {
  const endpointIds = [...store.endpoints.keys()];
  const encrypted = new Set([...store.networks.values()].flatMap(({ tunnel }) => tunnel?.encryption?.underlay ?? []));
  const wireguardAliases = new Set([...encrypted].map(wireguardAlias));
  const wantedNames = new Set([
    ...[...encrypted].map(wireguardLinkName),
    ...[...store.networks.keys()].flatMap((id) => [bridgeLinkName(id), vxlanLinkName(id), shimLinkName(id)]),
    ...endpointIds.map(vethLinkName),
    ...endpointIds.map(shaperLinkName),
  ]);
  const vlans = new Set([...store.networks.values()].map(vlanOf));
  const links = listLinks(socket).flatMap((link) => {
    const { name } = link;
    if (isHalfMade(link) && !wantedNames.has(name)) return [{ name, kind: 'link', id: name }];
    const owner = parseOwnerAlias(link.alias);
    const isWanted =
      owner &&
      (wireguardAliases.has(link.alias ?? '') || store.networks.has(owner.id) || store.endpoints.has(owner.id) || vlans.has(owner.id));
    return owner && !isWanted ? [{ name, ...owner }] : [];
  });
  const tunnels = [...store.networks.values()].flatMap(({ tunnel }) => (tunnel ? [tunnelOwner(tunnel.port)] : []));
  const owners = new Set([...wantedNames, ...store.ports.keys(), ...tunnels, ...[...encrypted].map(innerOwner)]);
  return {
    links,
    namespaces: sandboxes.unknown(new Set([...store.sandboxes.keys()].map(sandboxNamespaceName))),
    owners: firewall.owners().filter((owner) => !owners.has(owner)),
  };
}

/** What is told about orphans that were removed; as the host's, where they name no object. */
export const orphanEvents = ({ links, namespaces }: Orphans, hostId: string): EventReport[] => [
  ...links.map(({ name, kind, id }) => {
    const message = `link ${name} belonged to nothing wanted here and was removed`;
    const isNamed = (kind === 'network' || kind === 'endpoint') && uuidPattern.test(id);
    return isNamed ? orphanEvent(kind, id, message) : orphanEvent('host', hostId, message);
  }),
  ...namespaces.map((name) => orphanEvent('host', hostId, `network namespace ${name} belonged to nothing wanted here and was removed`)),
];

/** An alias is anybody's to write. */
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const orphanEvent = (kind: EventReport['kind'], id: string, message: string): EventReport => ({
  kind,
  id,
  type: 'Warning',
  reason: 'OrphanRemoved',
  message,
});
