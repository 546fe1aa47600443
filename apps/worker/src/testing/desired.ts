import {
  noDnsSettings,
  type DesiredEndpoint,
  type DesiredKey,
  type DesiredNetwork,
  type DesiredPeer,
  type DesiredPolicy,
  type DesiredPort,
  type DesiredRouter,
  type DesiredSandbox,
  type EndpointId,
  type KeyId,
  type NetworkId,
  type PeerId,
  type PolicyId,
  type PortId,
  type RouterId,
  type SandboxId,
  type UnderlayVersion,
} from '@netyard/contracts';

const uuid = (kind: string, number: number): string => `0192d3a0-0000-7000-8000-${kind}${number.toString(16).padStart(10, '0')}`;
export const networkId = (number: number): NetworkId => uuid('0a', number) as NetworkId;
export const sandboxId = (number: number): SandboxId => uuid('0b', number) as SandboxId;
export const endpointId = (number: number): EndpointId => uuid('0c', number) as EndpointId;
export const portId = (number: number): PortId => uuid('0e', number) as PortId;
export const routerId = (number: number): RouterId => uuid('11', number) as RouterId;
export const policyId = (number: number): PolicyId => uuid('0f', number) as PolicyId;

/** Router number n of tenant n, with the addresses 100.64.0.(2n) and (2n + 1) for its uplink. */
export const router = (number: number, over: Partial<DesiredRouter> = {}): DesiredRouter => ({
  kind: 'router',
  id: routerId(number),
  generation: 1,
  name: `tenant-${number}`,
  deleted: false,
  uplink: {
    hostAddresses: [`100.64.0.${2 * number}/31`, `2001:db8:64::${(2 * number).toString(16)}/127`],
    addresses: [`100.64.0.${2 * number + 1}/31`, `2001:db8:64::${(2 * number + 1).toString(16)}/127`],
  },
  ...over,
});

/** Network number n: 198.18.n.0/24 of the prefix for benchmarks (RFC 2544), wide enough for 1,000 endpoints where `prefixLength` says so. */
export const network = (number: number, over: Partial<DesiredNetwork> = {}): DesiredNetwork => ({
  kind: 'network',
  id: networkId(number),
  generation: 1,
  name: `net-${number}`,
  deleted: false,
  routerId: null,
  driver: 'bridge',
  options: { mtuBytes: 1500, masquerade: true, isolateEndpoints: false, hairpin: false },
  subnets: [{ cidr: `198.18.${number}.0/24`, gateway: `198.18.${number}.1` }],
  internal: false,
  discovery: true,
  domain: null,
  dns: noDnsSettings,
  tunnel: null,
  hostAddresses: [],
  hostMac: null,
  ...over,
});

/** The same with a second subnet, 2001:db8:n::/64. */
export const dualStackNetwork = (number: number, over: Partial<DesiredNetwork> = {}): DesiredNetwork =>
  network(number, {
    subnets: [...network(number).subnets, { cidr: `2001:db8:${number}::/64`, gateway: `2001:db8:${number}::1` }],
    ...over,
  });

/** The overlay network number n with two subnets, as host 1, 2, … takes part in it. */
export const overlay = (number: number, host: number, localAddress: string, over: Partial<DesiredNetwork> = {}): DesiredNetwork =>
  dualStackNetwork(number, {
    driver: 'overlay',
    options: { mtuBytes: 1430, masquerade: true, isolateEndpoints: false, hairpin: false },
    tunnel: { vni: 4096 + number, port: 4789, localAddress, encryption: null },
    hostAddresses: [`198.18.${number}.${250 + host}/24`, `2001:db8:${number}::fff${host}/64`],
    hostMac: `0a:00:00:00:00:0${host}`,
    ...over,
  });

/** The same, encrypted over one version of IP; `own`: the host's keys, the one in use first. */
export const encryptedOverlay = (
  number: number,
  host: number,
  own: { publicKey: string; innerAddress: string }[],
  { underlay = 'ipv4', port = 51820, ...over }: Partial<DesiredNetwork> & { underlay?: UnderlayVersion; port?: number } = {},
): DesiredNetwork =>
  overlay(number, host, own[0]?.innerAddress ?? '', {
    options: { mtuBytes: 1350, underlay, encrypted: true, masquerade: true, isolateEndpoints: false, hairpin: false },
    tunnel: {
      vni: 4096 + number,
      port: 4789,
      localAddress: own[0]?.innerAddress ?? '',
      encryption: {
        underlay,
        publicKey: own[0]?.publicKey ?? '',
        port,
        mtuBytes: underlay === 'ipv4' ? 1440 : 1420,
        addresses: own.map(({ innerAddress }) => innerAddress),
        prefix: underlay === 'ipv4' ? 'fd00:db8:0:4::/64' : 'fd00:db8:0:6::/64',
      },
    },
    ...over,
  });

/** The key number n of a host, as it knows it itself, or as others do. */
export const keyOf = (
  number: number,
  over: Pick<DesiredKey, 'publicKey' | 'innerAddress' | 'endpoint' | 'own'> & Partial<DesiredKey>,
): DesiredKey => ({
  kind: 'key',
  id: uuid('10', number) as KeyId,
  generation: 1,
  name: `host-${number}`,
  deleted: false,
  underlay: 'ipv4',
  ...over,
});

/** The macvlan or ipvlan network number n with two subnets, on `eth0` of its hosts; the gateways, but in the l3 modes, are .1 and ::1 on the wire. */
export const onWire = (
  driver: 'macvlan' | 'ipvlan',
  number: number,
  options: Record<string, string | boolean | number>,
  over: Partial<DesiredNetwork> = {},
): DesiredNetwork =>
  dualStackNetwork(number, {
    driver,
    options: { parent: 'eth0', ...options },
    subnets: dualStackNetwork(number).subnets.map(({ cidr, gateway }) => ({
      cidr,
      gateway: String(options['mode']).startsWith('l3') ? null : gateway,
    })),
    hostAddresses: [`198.18.${number}.250/24`, `2001:db8:${number}::fa/64`],
    hostMac: '0a:00:00:00:00:fa',
    ...over,
  });

/** An endpoint as other hosts know it. */
export const peerOf = (
  { id, generation, name, networkId, macAddress, addresses, labels }: DesiredEndpoint,
  tunnelAddress: string,
  over: Partial<DesiredPeer> = {},
): DesiredPeer => ({
  kind: 'peer',
  id: id as string as PeerId,
  generation,
  name,
  deleted: false,
  networkId,
  tunnelAddress,
  macAddress: macAddress ?? '',
  addresses: addresses.map((address) => address.slice(0, address.indexOf('/'))),
  names: [name],
  labels,
  services: [],
  ...over,
});

export const sandbox = (number: number, over: Partial<DesiredSandbox> = {}): DesiredSandbox => ({
  kind: 'sandbox',
  id: sandboxId(number),
  generation: 1,
  name: `sandbox-${number}`,
  deleted: false,
  namespace: { type: 'managed' },
  dns: noDnsSettings,
  resolvConfPath: null,
  ...over,
});

/** Endpoint number n, joined to sandbox n as `eth0`, with the address 198.18.<network>.(1 + n). */
export const endpoint = (number: number, networkNumber: number, over: Partial<DesiredEndpoint> = {}): DesiredEndpoint => ({
  kind: 'endpoint',
  id: endpointId(number),
  generation: 1,
  name: `endpoint-${number}`,
  deleted: false,
  networkId: networkId(networkNumber),
  sandboxId: sandboxId(number),
  macAddress: `02:00:00:00:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}`,
  addresses: [`198.18.${networkNumber}.${number + 1}/24`],
  interfaceName: 'eth0',
  gatewayPriority: 0,
  labels: {},
  aliases: [],
  limits: { ingressMbps: null, egressMbps: null },
  spoofingGuard: true,
  joinedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
  ...over,
});

/** Port number n of an endpoint: TCP 0.0.0.0:(8000 + n) on the host leads to port 80. */
export const port = (number: number, endpointNumber: number, over: Partial<DesiredPort> = {}): DesiredPort => ({
  kind: 'port',
  id: portId(number),
  generation: 1,
  name: `port-${number}`,
  deleted: false,
  endpointId: endpointId(endpointNumber),
  protocol: 'tcp',
  port: 80,
  hostPort: 8000 + number,
  count: 1,
  hostAddress: '0.0.0.0',
  routerPort: null,
  allowedSources: [],
  service: null,
  ...over,
});

/** Policy number n of a network, without rules. */
export const policy = (number: number, networkNumber: number, over: Partial<DesiredPolicy> = {}): DesiredPolicy => ({
  kind: 'policy',
  id: policyId(number),
  generation: 1,
  name: `policy-${number}`,
  deleted: false,
  networkId: networkId(networkNumber),
  priority: 0,
  defaultAction: 'allow',
  rules: [],
  ...over,
});
