import {
  noDnsSettings,
  type DesiredEndpoint,
  type DesiredNetwork,
  type DesiredSandbox,
  type EndpointId,
  type NetworkId,
  type SandboxId,
} from '@netyard/contracts';

/** Ids differ in their last eight digits, which make up the names of links. */
const uuid = (kind: string, number: number): string => `0192d3a0-0000-7000-8000-${kind}${number.toString(16).padStart(10, '0')}`;

/** Desired state as the API would give it, by number; addresses are of the prefix for benchmarks (RFC 2544). */
export const desiredNetwork = (): DesiredNetwork => ({
  kind: 'network',
  id: uuid('0a', 1) as NetworkId,
  generation: 1,
  name: 'network',
  deleted: false,
  routerId: null,
  driver: 'bridge',
  options: { mtuBytes: 1500, masquerade: true, isolateEndpoints: false, hairpin: false },
  subnets: [{ cidr: '198.18.0.0/16', gateway: '198.18.0.1' }],
  internal: false,
  discovery: true,
  domain: null,
  dns: noDnsSettings,
  tunnel: null,
  hostAddresses: [],
  hostMac: null,
});

export const desiredSandbox = (number: number): DesiredSandbox => ({
  kind: 'sandbox',
  id: uuid('0b', number) as SandboxId,
  generation: 1,
  name: `sandbox-${number}`,
  deleted: false,
  namespace: { type: 'managed' },
  dns: noDnsSettings,
  resolvConfPath: null,
});

export const desiredEndpoint = (number: number, generation: number, deleted: boolean): DesiredEndpoint => ({
  kind: 'endpoint',
  id: uuid('0c', number) as EndpointId,
  generation,
  name: `endpoint-${number}`,
  deleted,
  networkId: uuid('0a', 1) as NetworkId,
  sandboxId: uuid('0b', number) as SandboxId,
  macAddress: `02:00:00:00:${hex(number >> 8)}:${hex(number & 255)}`,
  addresses: [`198.18.${(number + 2) >> 8}.${(number + 2) & 255}/16`],
  interfaceName: 'eth0',
  gatewayPriority: 0,
  labels: {},
  aliases: [],
  limits: { ingressMbps: null, egressMbps: null },
  spoofingGuard: true,
  joinedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
});

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
