import { healthOf, type Health, type Tone } from '../../../api/health';
import type { EndpointRow, HostRow, Inventory, NetworkRow, SandboxRow } from '../../inventory/inventory';
import { filterText } from '../../inventory/filter';
import { Memo } from '../../inventory/memo';
import { topology as text } from '../../../messages/topology';
import { labelKeyOf, type Grouping } from './grouping';
import { nodeId, partId, type Topology, type TopologyGroup, type TopologyInterface, type TopologyLink, type TopologyNode } from './graph';

/** Drivers whose networks have a bridge, and a gateway, in a router namespace of each host. */
const routed: ReadonlySet<string> = new Set(['bridge', 'overlay']);
/** Drivers whose endpoints reach each other across hosts. */
const acrossHosts: ReadonlySet<string> = new Set(['overlay', 'macvlan', 'ipvlan']);

const collator = new Intl.Collator('en', { numeric: true });

/**
 * The inventory as a graph. Grouped by host it shows what each kernel has: a host's part of every network, which only tunnels or a wire connect; grouped otherwise,
 * a network is one node, and hosts are nodes, too.
 */
export function buildTopology(inventory: Inventory, grouping: Grouping, whose: Whose): Topology {
  const routers = new Routers(inventory.hosts, whose);
  return grouping === 'host' ? byHost(inventory, routers) : byOther(inventory, grouping, whose.tenant, routers);
}

/** Whose the inventory is; networks may be another's, which shares them. */
export interface Whose {
  tenant: string;
  /** How the tenant's router namespaces fare, by their hosts. */
  routers: ReadonlyMap<string, Health>;
}

function byHost(inventory: Inventory, routers: Routers): Topology {
  const nodes: TopologyNode[] = [];
  const links: TopologyLink[] = [];
  for (const network of inventory.networks) {
    const hosts = hostsOf(network);
    const isSpine = hosts.length === 0 || (hosts.length > 1 && acrossHosts.has(network.object.spec.driver));
    const whole = networkNode(network, isConfined(network) && hosts.length === 0 ? confinedTo(network, inventory) : null);
    if (isSpine) nodes.push(whole);
    for (const host of hosts) {
      const part = { ...whole, id: partId(network.name, host), group: host, host, ...partHealth(network, host, inventory.hosts) };
      nodes.push(part);
      if (routed.has(network.object.spec.driver)) {
        const router = routers.of(network, host, host);
        links.push(link('gateway', part.id, router.id, part.tone));
      }
      if (isSpine) links.push(link('tunnel', part.id, whole.id, part.tone));
    }
  }
  const known = new Set(nodes.map(({ id }) => id));
  for (const sandbox of inventory.sandboxes) {
    const toNode = (endpoint: EndpointRow): string => partId(endpoint.networkName, endpoint.hostName ?? sandbox.hostName);
    nodes.push(sandboxNode(sandbox, sandbox.hostName, toNode));
    links.push(...endpointLinks(sandbox, toNode, known));
  }
  nodes.push(...routers.nodes, ...idleEndpoints(inventory, () => null));
  for (const endpoint of inventory.endpoints)
    if (endpoint.sandboxName === null && known.has(nodeId('network', endpoint.networkName)))
      links.push(endpointLink(endpoint, nodeId('endpoint', endpoint.name), nodeId('network', endpoint.networkName)));
  return { nodes, links, groups: inventory.hosts.map(hostGroup) };
}

function byOther(inventory: Inventory, grouping: Exclude<Grouping, 'host'>, tenant: string, routers: Routers): Topology {
  const groupOf = grouper(grouping, tenant);
  const nodes: TopologyNode[] = inventory.hosts.map((host) => ({ ...hostNode(host), group: groupOf(host) }));
  const links: TopologyLink[] = [];
  const uplinks = new Map<string, TopologyLink>();
  for (const network of inventory.networks) {
    const node = networkNode(network, groupOf(network));
    nodes.push(node);
    for (const host of hostsOf(network)) {
      const { tone } = partHealth(network, host, inventory.hosts);
      if (!routed.has(network.object.spec.driver)) {
        links.push(link('uplink', node.id, nodeId('host', host), tone));
        continue;
      }
      const router = routers.of(network, host, null);
      uplinks.set(router.id, link('uplink', router.id, nodeId('host', host), router.tone));
      links.push(link('gateway', node.id, router.id, tone));
    }
  }
  links.push(...uplinks.values());
  const known = new Set([...nodes.map(({ id }) => id), ...routers.nodes.map(({ id }) => id)]);
  const toNode = ({ networkName }: EndpointRow): string => nodeId('network', networkName);
  for (const sandbox of inventory.sandboxes) {
    nodes.push(sandboxNode(sandbox, groupOf(sandbox), toNode));
    links.push(...endpointLinks(sandbox, toNode, known));
  }
  nodes.push(...routers.nodes, ...idleEndpoints(inventory, groupOf));
  for (const endpoint of inventory.endpoints)
    if (endpoint.sandboxName === null && known.has(toNode(endpoint)))
      links.push(endpointLink(endpoint, nodeId('endpoint', endpoint.name), toNode(endpoint)));
  return { nodes, links: links.filter(({ from, to }) => known.has(to) || !from), groups: groupsOf(nodes, inventory, grouping) };
}

type GroupableRow = HostRow | NetworkRow | SandboxRow | EndpointRow;

/** Which group a row belongs to; null: none. */
function grouper(grouping: Exclude<Grouping, 'host'>, tenant: string): (row: GroupableRow) => string | null {
  const key = labelKeyOf(grouping);
  if (key !== null) return (row) => row.object.metadata.labels[key] ?? null;
  switch (grouping) {
    case 'network':
      return (row) => {
        if (row.kind === 'network') return row.name;
        if (row.kind === 'sandbox') return inOrder(row)[0]?.networkName ?? null;
        return row.kind === 'endpoint' ? row.networkName : null;
      };
    case 'tenant':
      return (row) => (row.kind === 'network' ? row.object.status.owner : row.kind === 'host' ? null : tenant);
    default:
      return () => null;
  }
}

function groupsOf(nodes: readonly TopologyNode[], inventory: Inventory, grouping: Grouping): TopologyGroup[] {
  const keys = new Set(nodes.flatMap(({ group }) => group ?? []));
  return [...keys]
    .sort((a, b) => collator.compare(a, b))
    .map((key) => {
      const network = grouping === 'network' ? inventory.networks.find(({ name }) => name === key) : undefined;
      if (network) {
        const { title, detail, tone, state, object } = networkNode(network, null);
        return { key, title, detail, tone, state, object, isNamedInside: true };
      }
      const labelKey = labelKeyOf(grouping);
      const title = labelKey === null || key === '' ? key || labelKey || '' : `${labelKey}=${key}`;
      return { key, title, detail: '', tone: 'idle', state: '', object: null, isNamedInside: false };
    });
}

/** Hosts that have a part of the network, or will have since an endpoint is joined there. */
function hostsOf(network: NetworkRow): string[] {
  const hosts = new Set([
    ...network.hostNames,
    ...network.endpoints.flatMap(({ sandboxName, hostName }) => (sandboxName && hostName) || []),
  ]);
  return [...hosts].sort((a, b) => collator.compare(a, b));
}

const isConfined = (network: NetworkRow): boolean => network.object.spec.host !== null;

function confinedTo(network: NetworkRow, { hosts }: Inventory): string | null {
  const { host } = network.object.spec;
  return hosts.find(({ id, name }) => id === host || name === host)?.name ?? null;
}

/** How the network fares on one of its hosts. */
function partHealth(network: NetworkRow, host: string, hosts: readonly HostRow[]): { tone: Tone; state: string } {
  const hostId = hosts.find(({ name }) => name === host)?.id;
  const part = network.object.status.hosts.find((one) => one.host === host || one.host === hostId);
  if (!part) return { tone: 'pending', state: text.states.pending };
  // A part has no generation of its own: what it has said last is taken as it is.
  const { tone, label } = healthOf({
    metadata: { generation: 0, deletionRequestedAt: network.object.metadata.deletionRequestedAt },
    status: { conditions: part.conditions },
  });
  return part.conditions.some(({ type }) => type === 'Ready')
    ? { tone, state: label }
    : { tone: network.health.tone, state: network.health.label };
}

/** The router namespaces that networks stand in. A deployment's first tenant has the host's own. */
class Routers {
  readonly #nodes = new Map<string, TopologyNode>();

  constructor(
    private readonly hosts: readonly HostRow[],
    private readonly whose: Whose,
  ) {}

  get nodes(): TopologyNode[] {
    return [...this.#nodes.values()];
  }

  /** That of the network's owner on a host, made when it is first asked for. */
  of(network: NetworkRow, host: string, group: string | null): TopologyNode {
    const { owner } = network.object.status;
    const id = nodeId('router', `${host}/${owner}`);
    const known = this.#nodes.get(id);
    if (known) return known;
    const health =
      (owner === this.whose.tenant ? this.whose.routers.get(host) : undefined) ?? this.hosts.find(({ name }) => name === host)?.health;
    const node: TopologyNode = {
      ...plain,
      id,
      kind: 'router',
      title: text.router,
      detail: text.routerOf(host, owner),
      tone: health?.tone ?? 'unknown',
      state: health?.label ?? '',
      object: { kind: 'host', name: host },
      group,
      host,
      filter: filterText([host, owner], { kind: 'router', host }),
    };
    this.#nodes.set(id, node);
    return node;
  }
}

const plain = { interfaces: [], isFaded: false, createdAt: '', group: null, host: null } as const;

const common = (row: GroupableRow) => ({
  ...plain,
  title: row.name,
  tone: row.health.tone,
  state: row.health.label,
  object: { kind: row.kind, name: row.name },
  filter: row.filter,
  createdAt: row.object.metadata.createdAt,
});

const hostNode = (host: HostRow): TopologyNode => ({
  ...common(host),
  id: nodeId('host', host.name),
  kind: 'host',
  detail: text.sandboxCount(host.sandboxCount),
  host: host.name,
});

const hostGroup = (host: HostRow): TopologyGroup => {
  const { title, detail, tone, state, object } = hostNode(host);
  return { key: host.name, title, detail, tone, state, object, isNamedInside: false };
};

const networkNode = (network: NetworkRow, group: string | null): TopologyNode => ({
  ...common(network),
  id: nodeId('network', network.name),
  kind: 'network',
  detail: [network.object.spec.driver, network.cidrs[0]].filter(Boolean).join(' · '),
  group,
});

/** Sandboxes, and links of endpoints, are the many: those of rows that are the same stay the same. */
const memo = { sandbox: new Memo<SandboxRow, TopologyNode>(), link: new Memo<EndpointRow, TopologyLink>() };

const sandboxNode = (sandbox: SandboxRow, group: string | null, toNode: (endpoint: EndpointRow) => string): TopologyNode =>
  memo.sandbox.of(sandbox, [group, ...sandbox.endpoints.map(toNode)], () => ({
    ...common(sandbox),
    id: nodeId('sandbox', sandbox.name),
    kind: 'sandbox',
    detail: sandbox.hostName,
    group,
    host: sandbox.hostName,
    interfaces: inOrder(sandbox).map((endpoint): TopologyInterface => ({
      endpoint: endpoint.name,
      networkName: endpoint.networkName,
      networkNode: toNode(endpoint),
      name: endpoint.object.status.interfaceName ?? '',
      address: endpoint.addresses[0] ?? '',
      tone: endpoint.health.tone,
      state: endpoint.health.label,
    })),
  }));

/** By the names of their interfaces: `eth0` first. */
const inOrder = ({ endpoints }: SandboxRow): EndpointRow[] =>
  [...endpoints].sort((a, b) => collator.compare(a.object.status.interfaceName ?? a.name, b.object.status.interfaceName ?? b.name));

/** Endpoints that are joined to no sandbox stand for themselves. */
const idleEndpoints = ({ endpoints }: Inventory, groupOf: (row: EndpointRow) => string | null): TopologyNode[] =>
  endpoints
    .filter(({ sandboxName }) => sandboxName === null)
    .map((endpoint) => ({
      ...common(endpoint),
      id: nodeId('endpoint', endpoint.name),
      kind: 'endpoint',
      detail: [endpoint.networkName, endpoint.addresses[0]].filter(Boolean).join(' · '),
      group: groupOf(endpoint),
    }));

const link = (kind: TopologyLink['kind'], from: string, to: string, tone: Tone): TopologyLink => ({
  id: `${kind} ${from} ${to}`,
  kind,
  from,
  to,
  tone,
  endpoints: [],
});

const endpointLink = (row: EndpointRow, from: string, to: string): TopologyLink =>
  memo.link.of(row, [from, to], () => ({
    id: `endpoint ${row.name}`,
    kind: 'endpoint',
    from,
    to,
    tone: row.health.tone,
    endpoints: [row.name],
  }));

const endpointLinks = (sandbox: SandboxRow, toNode: (endpoint: EndpointRow) => string, known: ReadonlySet<string>): TopologyLink[] =>
  sandbox.endpoints
    .filter((endpoint) => known.has(toNode(endpoint)))
    .map((endpoint) => endpointLink(endpoint, nodeId('sandbox', sandbox.name), toNode(endpoint)));
