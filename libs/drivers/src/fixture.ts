import {
  noDnsSettings,
  type DesiredEndpoint,
  type DesiredNetwork,
  type DesiredPeer,
  type DesiredPort,
  type DesiredRouter,
  type DesiredSandbox,
  type EndpointId,
  type NetworkId,
  type PeerId,
  type PortId,
  type RouterId,
  type SandboxId,
} from '@netyard/contracts';

/** Desired objects with complete defaults, for specs. Prefixes are those set aside for documentation (RFC 5737, RFC 3849). */
export const aNetwork = (over: Partial<DesiredNetwork> = {}): DesiredNetwork => ({
  kind: 'network',
  id: '0192d3a0-0000-7000-8000-0a0000000001' as NetworkId,
  generation: 1,
  name: 'web',
  deleted: false,
  routerId: null,
  driver: 'bridge',
  options: { mtuBytes: 1500, masquerade: true, isolateEndpoints: false, hairpin: false },
  subnets: [{ cidr: '192.0.2.0/24', gateway: '192.0.2.1' }],
  internal: false,
  discovery: true,
  domain: null,
  dns: noDnsSettings,
  tunnel: null,
  hostAddresses: [],
  hostMac: null,
  ...over,
});

/** A tenant's router, with the addresses of the shared address space (RFC 6598) and of documentation. */
export const aRouter = (over: Partial<DesiredRouter> = {}): DesiredRouter => ({
  kind: 'router',
  id: '0192d3a0-0000-7000-8000-110000000001' as RouterId,
  generation: 1,
  name: 'acme',
  deleted: false,
  uplink: { hostAddresses: ['100.64.0.2/31', '2001:db8:64::2/127'], addresses: ['100.64.0.3/31', '2001:db8:64::3/127'] },
  ...over,
});

/** An overlay network as a host takes part in it. */
export const anOverlay = (over: Partial<DesiredNetwork> = {}): DesiredNetwork =>
  aNetwork({
    driver: 'overlay',
    options: { mtuBytes: 1450, port: 4789, underlay: 'ipv4', masquerade: true, isolateEndpoints: false, hairpin: false },
    tunnel: { vni: 4096, port: 4789, localAddress: '198.51.100.1', encryption: null },
    hostAddresses: ['192.0.2.250/24'],
    hostMac: '0a:11:22:33:44:55',
    ...over,
  });

/** The same, encrypted. */
export const anEncryptedOverlay = (over: Partial<DesiredNetwork> = {}): DesiredNetwork =>
  anOverlay({
    options: { ...anOverlay().options, mtuBytes: 1370, encrypted: true },
    tunnel: {
      vni: 4096,
      port: 4789,
      localAddress: '2001:db8:4::1',
      encryption: {
        underlay: 'ipv4',
        publicKey: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=',
        port: 51820,
        mtuBytes: 1440,
        addresses: ['2001:db8:4::1'],
        prefix: '2001:db8:4::/64',
      },
    },
    ...over,
  });

export const aPeer = (over: Partial<DesiredPeer> = {}): DesiredPeer => ({
  kind: 'peer',
  id: '0192d3a0-0000-7000-8000-0d0000000001' as PeerId,
  generation: 1,
  name: 'b-web',
  deleted: false,
  networkId: aNetwork().id,
  tunnelAddress: '198.51.100.2',
  macAddress: '02:00:c0:00:02:09',
  addresses: ['192.0.2.9'],
  names: ['b-web', 'b'],
  labels: {},
  services: [],
  ...over,
});

export const aSandbox = (over: Partial<DesiredSandbox> = {}): DesiredSandbox => ({
  kind: 'sandbox',
  id: '0192d3a0-0000-7000-8000-0b0000000001' as SandboxId,
  generation: 1,
  name: 'a',
  deleted: false,
  namespace: { type: 'managed' },
  dns: noDnsSettings,
  resolvConfPath: null,
  ...over,
});

export const anEndpoint = (over: Partial<DesiredEndpoint> = {}): DesiredEndpoint => ({
  kind: 'endpoint',
  id: '0192d3a0-0000-7000-8000-0c0000000001' as EndpointId,
  generation: 1,
  name: 'a-web',
  deleted: false,
  networkId: aNetwork().id,
  sandboxId: aSandbox().id,
  macAddress: '02:00:c0:00:02:02',
  addresses: ['192.0.2.2/24'],
  interfaceName: 'eth0',
  gatewayPriority: 0,
  labels: {},
  aliases: [],
  limits: { ingressMbps: null, egressMbps: null },
  spoofingGuard: true,
  joinedAt: '2026-01-01T00:00:00.000Z',
  ...over,
});

/** An endpoint of drivers that give it no interface. */
export const aBareEndpoint = (over: Partial<DesiredEndpoint> = {}): DesiredEndpoint =>
  anEndpoint({ macAddress: null, addresses: [], interfaceName: null, ...over });

export const aPort = (over: Partial<DesiredPort> = {}): DesiredPort => ({
  kind: 'port',
  id: '0192d3a0-0000-7000-8000-0e0000000001' as PortId,
  generation: 1,
  name: 'http',
  deleted: false,
  endpointId: anEndpoint().id,
  protocol: 'tcp',
  port: 80,
  hostPort: 8080,
  count: 1,
  hostAddress: '0.0.0.0',
  routerPort: null,
  allowedSources: [],
  service: null,
  ...over,
});
