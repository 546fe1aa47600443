import type { Condition, Endpoint, Host, Network, Sandbox } from '@netyard/api-client';
import type { DriverName } from '@netyard/contracts';
import { buildInventory, type Inventory } from '../inventory';

/** What there is, told in a few words. */
export interface Yard {
  hosts: readonly string[];
  networks: readonly { name: string; driver: DriverName; hosts: readonly string[]; owner?: string; labels?: Record<string, string> }[];
  sandboxes: readonly { name: string; host: string; labels?: Record<string, string>; endpoints: readonly string[]; failing?: boolean }[];
  /** Endpoints that are joined to nothing. */
  idle?: readonly { name: string; network: string }[];
}

const at = '2026-01-02T03:04:05Z';

const metadata = (name: string, labels: Record<string, string> = {}) => ({
  id: `id-${name}`,
  name,
  labels,
  createdAt: at,
  generation: 1,
  resourceVersion: '1',
  deletionRequestedAt: null,
});

const condition = (type: string, status: Condition['status'], reason: string): Condition => ({
  type,
  status,
  reason,
  message: '',
  lastTransitionTime: at,
  observedGeneration: 1,
});
const ready = [condition('Ready', 'True', 'Applied')];
const failed = [condition('Ready', 'False', 'Failed'), condition('LinkReady', 'False', 'KernelError')];
const idle = [condition('Ready', 'False', 'NotJoined')];
const dns = { search: [], options: [], servers: [], hosts: [] };

/** The inventory that the API's objects would give. */
export function yard({ hosts, networks, sandboxes, idle: left = [] }: Yard): Inventory {
  return buildInventory({
    hosts: hosts.map(hostOf),
    networks: networks.map(networkOf),
    sandboxes: sandboxes.map(sandboxOf),
    endpoints: [
      ...sandboxes.flatMap(({ name, host, endpoints, failing = false }) =>
        endpoints.map((network, index) => ({
          ...endpointOf(`${name}-${network}`, network, failing ? failed : ready),
          spec: { ...endpointOf('', network, ready).spec, sandbox: name },
          status: { ...endpointOf('', network, failing ? failed : ready).status, host, interfaceName: `eth${index}` },
        })),
      ),
      ...left.map(({ name, network }) => endpointOf(name, network, idle)),
    ],
    ports: [],
    policies: [],
  });
}

const hostOf = (name: string): Host => ({
  metadata: metadata(name),
  spec: { tenants: [], drained: false },
  status: {
    conditions: ready,
    drivers: [],
    features: [],
    links: [],
    underlay: [],
    keys: [],
    paths: [],
    kernelRelease: '6.1.0',
    lastSeenAt: null,
    routes: [],
    uplinkMtuBytes: 1500,
    workerVersion: '0.1.0',
  },
});

const networkOf = ({ name, driver, hosts, owner = 'default', labels }: Yard['networks'][number]): Network => ({
  metadata: metadata(name, labels),
  spec: { driver, subnets: [], ipv6: false, internal: false, host: null, options: {}, domain: null, dns },
  status: {
    conditions: ready,
    hosts: hosts.map((host) => ({ host, conditions: ready, tunnelAddress: null, addresses: [] })),
    subnets: [],
    endpointCount: 0,
    mtuBytes: 1500,
    mtuReason: null,
    vni: null,
    owner,
  },
});

const sandboxOf = ({ name, host, labels, failing = false }: Yard['sandboxes'][number]): Sandbox => ({
  metadata: metadata(name, labels),
  spec: { host, namespace: { type: 'managed' }, dns, resolvConfPath: null },
  status: { conditions: failing ? failed : ready, host, endpoints: [], namespacePath: null },
});

const endpointOf = (name: string, network: string, conditions: Condition[]): Endpoint => ({
  metadata: metadata(name),
  spec: {
    network,
    sandbox: null,
    addresses: [],
    gatewayPriority: 0,
    aliases: [],
    limits: { ingressMbps: null, egressMbps: null },
    spoofingGuard: true,
  },
  status: {
    conditions,
    addresses: [],
    gateways: [],
    lease: null,
    macAddress: null,
    interfaceName: null,
    host: null,
    hostLink: null,
    joinedAt: null,
    ports: [],
  },
});
