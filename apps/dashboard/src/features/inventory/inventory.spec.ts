import type { Endpoint, Network, Port, Sandbox } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { buildInventory, findRow } from './inventory';

const metadata = (name: string) => ({
  id: `id-${name}`,
  name,
  labels: {},
  createdAt: '2026-01-02T03:04:05Z',
  generation: 1,
  resourceVersion: '1',
  deletionRequestedAt: null,
});
const ready = [
  {
    type: 'Ready',
    status: 'True' as const,
    reason: 'Applied',
    message: '',
    lastTransitionTime: '2026-01-02T03:04:05Z',
    observedGeneration: 1,
  },
];

const dns = { search: [], options: [], servers: [], hosts: [] };
const network: Network = {
  metadata: metadata('web'),
  spec: { driver: 'bridge', subnets: [], ipv6: true, internal: false, host: null, options: {}, domain: null, dns },
  status: {
    conditions: ready,
    hosts: [{ host: 'id-h1', conditions: ready, tunnelAddress: null, addresses: [] }],
    subnets: [
      { cidr: '192.0.2.0/24', gateway: '192.0.2.1', family: 'IPv4', addressesInUse: 2, addressesFree: 251 },
      { cidr: '2001:db8::/64', gateway: '2001:db8::1', family: 'IPv6', addressesInUse: 2, addressesFree: 1e18 },
    ],
    endpointCount: 1,
    mtuBytes: 1500,
    mtuReason: null,
    vni: null,
    owner: 'default',
  },
};
const sandbox: Sandbox = {
  metadata: metadata('a'),
  spec: { host: 'h1', namespace: { type: 'managed' }, dns, resolvConfPath: null },
  status: { conditions: ready, host: 'h1', endpoints: ['id-a-web'], namespacePath: '/run/netns/ny-1' },
};
const endpoint: Endpoint = {
  metadata: metadata('a-web'),
  spec: {
    network: 'id-web',
    sandbox: 'id-a',
    addresses: [],
    gatewayPriority: 0,
    aliases: [],
    limits: { ingressMbps: null, egressMbps: null },
    spoofingGuard: true,
  },
  status: {
    conditions: ready,
    addresses: ['192.0.2.2/24', '2001:db8::2/64'],
    gateways: ['192.0.2.1'],
    lease: null,
    macAddress: '02:00:c0:00:02:02',
    interfaceName: 'eth0',
    host: 'h1',
    hostLink: 'nyv00000001',
    joinedAt: '2026-01-02T03:04:05Z',
    ports: [],
  },
};
const port: Port = {
  metadata: metadata('shop'),
  spec: {
    endpoint: 'a-web',
    protocol: 'tcp',
    port: 80,
    endPort: 89,
    hostPort: null,
    hostAddress: '::',
    publish: 'host',
    allowedSources: [],
    service: null,
  },
  status: { conditions: ready, host: 'h1', hosts: [{ host: 'h1', conditions: ready }], hostPort: 20000, address: '2001:db8::2' },
};
const host = {
  metadata: metadata('h1'),
  spec: { tenants: [], drained: false },
  status: {
    conditions: ready,
    drivers: ['bridge'],
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
};

describe('buildInventory', () => {
  const inventory = buildInventory({
    hosts: [host],
    networks: [network],
    sandboxes: [sandbox],
    endpoints: [endpoint],
    ports: [port],
    policies: [],
  });

  it('resolves references, whether they are ids or names', () => {
    expect(inventory.endpoints[0]).toMatchObject({
      networkName: 'web',
      sandboxName: 'a',
      hostName: 'h1',
      addresses: ['192.0.2.2', '2001:db8::2'],
    });
    expect(inventory.networks[0]?.hostNames).toEqual(['h1']);
  });

  it('gives each network and sandbox its endpoints, and each host the number of its sandboxes', () => {
    expect(inventory.networks[0]?.endpoints).toEqual(inventory.endpoints);
    expect(inventory.sandboxes[0]?.endpoints).toEqual(inventory.endpoints);
    expect(inventory.hosts[0]?.sandboxCount).toBe(1);
  });

  it('gives each endpoint its ports, with where they are reached', () => {
    expect(inventory.endpoints[0]?.ports.map(({ where }) => where)).toEqual(['[::]:20000–20009']);
  });

  it('counts IPv4 addresses, since those run out', () => {
    expect(inventory.networks[0]).toMatchObject({ addressesInUse: 2, addressesTotal: 253 });
  });

  it('keeps a reference to what it does not know as it is', () => {
    const [orphan] = buildInventory({ hosts: [], networks: [], sandboxes: [], endpoints: [endpoint], ports: [], policies: [] }).endpoints;
    expect(orphan).toMatchObject({ networkName: 'id-web', sandboxName: 'id-a' });
  });

  it('finds what a selection names, by kind', () => {
    expect(findRow(inventory, 'sandbox', 'a')?.id).toBe('id-a');
    expect(findRow(inventory, 'network', 'a')).toBeUndefined();
    expect(findRow(inventory, 'port', 'id-shop')?.name).toBe('shop');
  });
});
