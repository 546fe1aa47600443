import type { DesiredEndpoint, DesiredNetwork, DesiredSandbox, EndpointId, NetworkId, SandboxId } from '@netyard/contracts';

const uuid = (kind: string, number: number): string => `0192d3a0-0000-7000-8000-${kind}${number.toString(16).padStart(10, '0')}`;
export const networkId = (number: number): NetworkId => uuid('0a', number) as NetworkId;
export const sandboxId = (number: number): SandboxId => uuid('0b', number) as SandboxId;
export const endpointId = (number: number): EndpointId => uuid('0c', number) as EndpointId;

/** Network number n: 198.18.n.0/24 of the prefix for benchmarks (RFC 2544), wide enough for 1,000 endpoints where `prefixLength` says so. */
export const network = (number: number, over: Partial<DesiredNetwork> = {}): DesiredNetwork => ({
  kind: 'network',
  id: networkId(number),
  generation: 1,
  name: `net-${number}`,
  deleted: false,
  driver: 'bridge',
  options: { mtuBytes: 1500, masquerade: true, isolateEndpoints: false, hairpin: false },
  subnets: [{ cidr: `198.18.${number}.0/24`, gateway: `198.18.${number}.1` }],
  internal: false,
  ...over,
});

/** The same with a second subnet, 2001:db8:n::/64. */
export const dualStackNetwork = (number: number, over: Partial<DesiredNetwork> = {}): DesiredNetwork =>
  network(number, {
    subnets: [...network(number).subnets, { cidr: `2001:db8:${number}::/64`, gateway: `2001:db8:${number}::1` }],
    ...over,
  });

export const sandbox = (number: number, over: Partial<DesiredSandbox> = {}): DesiredSandbox => ({
  kind: 'sandbox',
  id: sandboxId(number),
  generation: 1,
  name: `sandbox-${number}`,
  deleted: false,
  namespace: { type: 'managed' },
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
  joinedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
  ...over,
});
