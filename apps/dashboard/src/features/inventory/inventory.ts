import type { Endpoint, Host, Network, Policy, Port, Sandbox } from '@netyard/api-client';
import { healthOf, type Health } from '../../api/health';
import { ports as text } from '../../messages';
import { type Facets, filterText } from './filter';
import { Memo } from './memo';
import type { SelectableKind } from './view-state';

interface ObjectRow<Kind extends SelectableKind, Value> {
  kind: Kind;
  id: string;
  name: string;
  health: Health;
  /** What the filter looks at. */
  filter: string;
  object: Value;
}

export interface EndpointRow extends ObjectRow<'endpoint', Endpoint> {
  networkName: string;
  sandboxName: string | null;
  hostName: string | null;
  /** Without prefix lengths. */
  addresses: string[];
  ports: PortRow[];
}

export interface PortRow extends ObjectRow<'port', Port> {
  endpointName: string;
  /** Where it is reached: address and port of the host. */
  where: string;
}

export interface PolicyRow extends ObjectRow<'policy', Policy> {
  networkName: string;
}

export interface SandboxRow extends ObjectRow<'sandbox', Sandbox> {
  hostName: string;
  endpoints: EndpointRow[];
}

export interface NetworkRow extends ObjectRow<'network', Network> {
  endpoints: EndpointRow[];
  hostNames: string[];
  cidrs: string[];
  addressesInUse: number;
  addressesTotal: number;
}

export interface HostRow extends ObjectRow<'host', Host> {
  sandboxCount: number;
}

export type AnyRow = EndpointRow | SandboxRow | NetworkRow | HostRow | PortRow | PolicyRow;

/** All that the page shows, with references resolved both ways. */
export interface Inventory {
  hosts: HostRow[];
  networks: NetworkRow[];
  sandboxes: SandboxRow[];
  endpoints: EndpointRow[];
  ports: PortRow[];
  policies: PolicyRow[];
}

export interface InventoryObjects {
  hosts: readonly Host[];
  networks: readonly Network[];
  sandboxes: readonly Sandbox[];
  endpoints: readonly Endpoint[];
  ports: readonly Port[];
  policies: readonly Policy[];
}

/** Rows are the same ones as long as what they tell of is: where one object of thousands changes, few are made anew. */
const memo = {
  host: new Memo<Host, HostRow>(),
  network: new Memo<Network, NetworkRow>(),
  sandbox: new Memo<Sandbox, SandboxRow>(),
  endpoint: new Memo<Endpoint, EndpointRow>(),
  port: new Memo<Port, PortRow>(),
  policy: new Memo<Policy, PolicyRow>(),
};

/** Joins the objects to rows. References may name an object by its name or its id. */
export function buildInventory({ hosts, networks, sandboxes, endpoints, ports, policies }: InventoryObjects): Inventory {
  const hostNames = namesByReference(hosts);
  const networkNames = namesByReference(networks);
  const sandboxNames = namesByReference(sandboxes);
  const portRows = ports.map((port) => memo.port.of(port, [], () => portRow(port)));
  const byEndpoint = groupBy(portRows, ({ endpointName }) => endpointName);
  const endpointRows = endpoints.map((endpoint) =>
    endpointRow(
      endpoint,
      {
        networkName: resolve(networkNames, endpoint.spec.network),
        sandboxName: endpoint.spec.sandbox ? resolve(sandboxNames, endpoint.spec.sandbox) : null,
        hostName: endpoint.status.host ? resolve(hostNames, endpoint.status.host) : null,
      },
      (byEndpoint.get(endpoint.metadata.name) ?? []).sort((a, b) => a.object.spec.port - b.object.spec.port),
    ),
  );
  const byNetwork = groupBy(endpointRows, ({ networkName }) => networkName);
  const bySandbox = groupBy(endpointRows, ({ sandboxName }) => sandboxName);
  const sandboxRows = sandboxes.map((sandbox) =>
    sandboxRow(sandbox, bySandbox.get(sandbox.metadata.name) ?? [], resolve(hostNames, sandbox.spec.host)),
  );
  const byHost = groupBy(sandboxRows, ({ hostName }) => hostName);
  return {
    ports: portRows,
    policies: policies.map((policy) => policyRow(policy, resolve(networkNames, policy.spec.network))),
    endpoints: endpointRows,
    sandboxes: sandboxRows,
    networks: networks.map((network) =>
      networkRow(
        network,
        byNetwork.get(network.metadata.name) ?? [],
        network.status.hosts.map(({ host }) => resolve(hostNames, host)),
      ),
    ),
    hosts: hosts.map((host) => hostRow(host, byHost.get(host.metadata.name)?.length ?? 0)).sort(byName),
  };
}

/** The object that a selection names; undefined when it is gone. Ports go by their ids: their names are their endpoint's own. */
export function findRow(inventory: Inventory, kind: SelectableKind, name: string): AnyRow | undefined {
  const lists: Record<SelectableKind, readonly AnyRow[]> = {
    host: inventory.hosts,
    network: inventory.networks,
    sandbox: inventory.sandboxes,
    endpoint: inventory.endpoints,
    port: inventory.ports,
    policy: inventory.policies,
  };
  return lists[kind].find((row) => (kind === 'port' ? row.id : row.name) === name);
}

// Map.groupBy says the same, from Node 21 on.
function groupBy<Value, Key>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

const collator = new Intl.Collator('en', { numeric: true });
const byName = (a: { name: string }, b: { name: string }): number => collator.compare(a.name, b.name);

type Names = ReadonlyMap<string, string>;

function namesByReference(objects: readonly { metadata: { id: string; name: string } }[]): Names {
  const names = new Map<string, string>();
  for (const {
    metadata: { id, name },
  } of objects)
    names.set(id, name).set(name, name);
  return names;
}

const resolve = (names: Names, reference: string): string => names.get(reference) ?? reference;

export const withoutPrefixLength = (address: string): string => address.split('/')[0] ?? address;

/** What every object can be found by. */
const commonFacets = (object: { metadata: { labels: Record<string, string> } }, health: Health): Facets => ({
  status: health.label,
  label: Object.entries(object.metadata.labels).map(([key, value]) => (value ? `${key}=${value}` : key)),
});

type EndpointReferences = Pick<EndpointRow, 'networkName' | 'sandboxName' | 'hostName'>;

const endpointRow = (object: Endpoint, references: EndpointReferences, ports: PortRow[]): EndpointRow =>
  memo.endpoint.of(object, [...Object.values(references), ...ports], () => {
    const { networkName, sandboxName, hostName } = references;
    const { id, name } = object.metadata;
    const addresses = object.status.addresses.map(withoutPrefixLength);
    const health = healthOf(object);
    const said = [name, networkName, sandboxName, hostName, ...addresses, object.status.macAddress, object.status.interfaceName];
    const filter = filterText([...said, ...object.spec.aliases], {
      ...commonFacets(object, health),
      kind: 'endpoint',
      network: networkName,
      sandbox: sandboxName,
      host: hostName,
    });
    return { kind: 'endpoint', id, name, health, filter, object, networkName, sandboxName, hostName, addresses, ports };
  });

function portRow(object: Port): PortRow {
  const { id, name } = object.metadata;
  const { endpoint, hostAddress, port, endPort } = object.spec;
  const hostPort = object.status.hostPort ?? object.spec.hostPort;
  const last = hostPort === null || endPort === port ? '' : `–${hostPort + endPort - port}`;
  const where = `${hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress}:${hostPort ?? text.anyPort}${last}`;
  const health = healthOf(object);
  const filter = filterText([name, endpoint, where], { ...commonFacets(object, health), kind: 'port' });
  return { kind: 'port', id, name, health, filter, object, endpointName: endpoint, where };
}

const policyRow = (object: Policy, networkName: string): PolicyRow =>
  memo.policy.of(object, [networkName], () => {
    const { id, name } = object.metadata;
    const health = healthOf(object);
    const filter = filterText([name, networkName], { ...commonFacets(object, health), kind: 'policy', network: networkName });
    return { kind: 'policy', id, name, health, filter, object, networkName };
  });

const sandboxRow = (object: Sandbox, endpoints: EndpointRow[], hostName: string): SandboxRow =>
  memo.sandbox.of(object, [hostName, ...endpoints], () => {
    const { id, name } = object.metadata;
    const health = healthOf(object);
    const filter = filterText([name, hostName, object.spec.namespace.type, ...endpoints.flatMap(({ addresses }) => addresses)], {
      ...commonFacets(object, health),
      kind: 'sandbox',
      sandbox: name,
      host: hostName,
      network: endpoints.map(({ networkName }) => networkName),
    });
    return { kind: 'sandbox', id, name, health, filter, object, hostName, endpoints };
  });

const networkRow = (object: Network, endpoints: EndpointRow[], hostNames: string[]): NetworkRow =>
  memo.network.of(object, [...hostNames, ...endpoints], () => {
    const { id, name } = object.metadata;
    const { subnets } = object.status;
    const cidrs = subnets.map(({ cidr }) => cidr);
    const health = healthOf(object);
    // IPv4 is what runs out; an IPv6 subnet would drown it.
    const counted = subnets.some(({ family }) => family === 'IPv4') ? subnets.filter(({ family }) => family === 'IPv4') : subnets;
    const addressesInUse = counted.reduce((sum, subnet) => sum + subnet.addressesInUse, 0);
    const addressesTotal = counted.reduce((sum, subnet) => sum + subnet.addressesInUse + subnet.addressesFree, 0);
    const filter = filterText([name, object.spec.driver, ...cidrs, ...hostNames], {
      ...commonFacets(object, health),
      kind: 'network',
      network: name,
      driver: object.spec.driver,
      host: hostNames,
    });
    return { kind: 'network', id, name, health, filter, object, endpoints, hostNames, cidrs, addressesInUse, addressesTotal };
  });

const hostRow = (object: Host, sandboxCount: number): HostRow =>
  memo.host.of(object, [sandboxCount], () => {
    const { id, name } = object.metadata;
    const health = healthOf(object);
    const filter = filterText([name], { ...commonFacets(object, health), kind: 'host', host: name });
    return { kind: 'host', id, name, health, filter, object, sandboxCount };
  });
