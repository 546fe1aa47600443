import { stackEntryLimit, type EndpointId, type LinkTraffic, type SandboxId, type SandboxStack, type StackLink } from '@netyard/contracts';
import { listAddresses, listLinks, listNeighbours, listRoutes, type RouteSocket } from '@netyard/netlink';
import { received, sent } from '../counters/endpoint-counters';
import type { DesiredStore } from '../operations/desired-store';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';

/**
 * The stack of a sandbox as it is now. Equivalent to: `ip -s link; ip address; ip route; ip -6 route; ip neighbour`, in its namespace.
 * Throws when the sandbox is not on this host, and KernelError when it has no namespace.
 */
export function observeStack(sandboxes: SandboxNamespaces, store: DesiredStore, id: SandboxId): SandboxStack {
  const sandbox = store.sandboxes.get(id);
  if (!sandbox) throw new Error(`sandbox ${id} is not on this host`);
  const endpointOf = new Map<string, EndpointId>();
  for (const { endpoint } of store.joinsOfSandbox(id))
    if (endpoint.interfaceName !== null) endpointOf.set(endpoint.interfaceName, endpoint.id);
  return sandboxes.inside(sandbox, ({ socket }) => readStack(socket, endpointOf));
}

/** Source: RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE and RTM_GETNEIGH (rtnetlink(7)). */
function readStack(socket: RouteSocket, endpointOf: ReadonlyMap<string, EndpointId>): SandboxStack {
  const links = listLinks(socket, { statistics: true });
  const nameOf = new Map(links.map(({ index, name }) => [index, name]));
  const addresses = listAddresses(socket).slice(0, stackEntryLimit);
  const routes = listRoutes(socket);
  const neighbours = listNeighbours(socket);
  return {
    observedAt: new Date().toISOString(),
    links: links.slice(0, stackEntryLimit).map((link): StackLink => ({
      name: link.name,
      kind: link.kind ?? null,
      up: link.up,
      mtuBytes: link.mtuBytes,
      macAddress: link.macAddress ?? null,
      addresses: addresses.filter(({ linkIndex }) => linkIndex === link.index).map(({ address }) => address),
      endpointId: endpointOf.get(link.name) ?? null,
      ingress: link.statistics ? received(link.statistics) : nothing,
      egress: link.statistics ? sent(link.statistics) : nothing,
    })),
    routes: routes.slice(0, stackEntryLimit).map(({ destination, via, linkIndex, metric, source, protocol }) => ({
      destination,
      via: via ?? null,
      link: nameOf.get(linkIndex ?? 0) ?? null,
      metric: metric ?? null,
      source: source ?? null,
      byKernel: protocol === byKernel,
    })),
    neighbours: neighbours.slice(0, stackEntryLimit).map(({ address, linkIndex, macAddress, state }) => ({
      address,
      link: nameOf.get(linkIndex) ?? String(linkIndex),
      macAddress: macAddress ?? null,
      state,
    })),
    linkCount: links.length,
    routeCount: routes.length,
    neighbourCount: neighbours.length,
  };
}

/** RTPROT_KERNEL, include/uapi/linux/rtnetlink.h */
const byKernel = 2;

const nothing: LinkTraffic = { bytes: 0, packets: 0, dropped: 0, errors: 0 };
