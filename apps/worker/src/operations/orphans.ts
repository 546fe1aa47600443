import {
  bridgeLinkName,
  parseOwnerAlias,
  routerLinkName,
  routerNamespaceName,
  sandboxNamespaceName,
  shaperLinkName,
  shimLinkName,
  vethLinkName,
  vxlanLinkName,
  wireguardLinkName,
  type EventReport,
} from '@netyard/contracts';
import { innerOwner, tunnelOwner, wireguardAlias } from '@netyard/drivers';
import { listLinks } from '@netyard/netlink';
import { isHalfMade } from '../observe/own-link';
import type { Router } from '../routers/router';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import type { DesiredStore } from './desired-store';
import { vlanOf, type Removals } from './removals';

/** What is ours by its mark and belongs to nothing that is wanted. */
export interface Orphans {
  links: { name: string; kind: string; id: string }[];
  /** Links and ids that elements of the firewall belong to. */
  owners: string[];
}

/** Looks through links and firewall elements of one router. To be called only once the desired state is in sync. */
export function findOrphans(store: DesiredStore, router: Router): Orphans {
  const networks = store.networksOfRouter(router.id);
  const endpointIds = [...networks.flatMap(({ id }) => store.endpointsOfNetwork(id)), ...(router.id === null ? unplaced(store) : [])];
  const ground = router.id === null ? groundOf(store) : { names: [], aliases: [], ids: [], owners: [] };
  const wantedNames = new Set([
    ...ground.names,
    ...networks.flatMap(({ id }) => [bridgeLinkName(id), vxlanLinkName(id), shimLinkName(id)]),
    ...endpointIds.map(vethLinkName),
    ...endpointIds.map(shaperLinkName),
  ]);
  const wantedIds = new Set<string>([...ground.ids, ...networks.map(({ id }) => id), ...endpointIds]);
  const aliases = new Set<string>(ground.aliases);
  const links = listLinks(router.socket).flatMap((link) => {
    const { name } = link;
    if (isHalfMade(link) && !wantedNames.has(name)) return [{ name, kind: 'link', id: name }];
    const owner = parseOwnerAlias(link.alias);
    const isWanted = owner && (aliases.has(link.alias ?? '') || wantedIds.has(owner.id));
    return owner && !isWanted ? [{ name, ...owner }] : [];
  });
  const owners = new Set([...wantedNames, ...ground.owners]);
  return { links, owners: router.firewall.owners().filter((owner) => !owners.has(owner) && !store.ports.has(owner)) };
}

/** Endpoints of which nobody can say in which router they are. */
const unplaced = (store: DesiredStore): string[] =>
  [...store.endpoints.values()].flatMap(({ id, networkId }) => (store.networks.has(networkId) ? [] : [id]));

/** What the host's own namespace has for networks and routers wherever they are. */
function groundOf(store: DesiredStore): { names: string[]; aliases: string[]; ids: string[]; owners: string[] } {
  const networks = [...store.networks.values()];
  const routerIds = [...store.routers.keys()];
  const encrypted = [...new Set(networks.flatMap(({ tunnel }) => tunnel?.encryption?.underlay ?? []))];
  return {
    names: [...encrypted.map(wireguardLinkName), ...routerIds.map(routerLinkName)],
    aliases: encrypted.map(wireguardAlias),
    ids: [...routerIds, ...networks.flatMap((network) => vlanOf(network) ?? [])],
    owners: [
      ...networks.flatMap(({ id, tunnel }) => (tunnel ? [tunnelOwner(tunnel.port), bridgeLinkName(id)] : [])),
      ...encrypted.map(innerOwner),
    ],
  };
}

/** Takes them away. Links go in their time. Throws NftError. */
export function removeOrphans({ links, owners }: Orphans, router: Router, removals: Removals): void {
  removals.reapOrphans(
    router,
    links.map(({ name }) => name),
  );
  router.removeElementsOf(...owners);
}

/** Names of namespaces of sandboxes and routers that nobody wants. */
export const orphanNamespaces = (store: DesiredStore, sandboxes: SandboxNamespaces): string[] =>
  sandboxes.unknown(
    new Set([...[...store.sandboxes.keys()].map(sandboxNamespaceName), ...[...store.routers.keys()].map(routerNamespaceName)]),
  );

/** What is told about orphans that were removed; as the host's, where they name no object. */
export const orphanEvents = ({ links }: Orphans, namespaces: string[], hostId: string): EventReport[] => [
  ...links.map(({ name, kind, id }) => {
    const message = `link ${name} belonged to nothing wanted here and was removed`;
    const isNamed = (kind === 'router' || kind === 'network' || kind === 'endpoint') && uuidPattern.test(id);
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
