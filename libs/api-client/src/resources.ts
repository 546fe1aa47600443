import type { Condition, DriverDescription, EndpointSpec, NetworkSpec, ProbeResult, ProbeSpec, SandboxSpec } from '@netyard/contracts';
// PROVISIONAL until openapi.json is there.
export interface Metadata { id: string; name: string; labels: Record<string, string>; createdAt: string; generation: number; resourceVersion: string; deletionRequestedAt: string | null }
export interface Network { metadata: Metadata; spec: NetworkSpec; status: { conditions: Condition[]; hosts: { host: string; conditions: Condition[] }[]; subnets: { cidr: string; gateway: string; family: string; addressesInUse: number; addressesFree: number }[]; endpointCount: number; mtuBytes: number | null } }
export interface Sandbox { metadata: Metadata; spec: SandboxSpec; status: { conditions: Condition[]; namespacePath: string | null } }
export interface Endpoint { metadata: Metadata; spec: EndpointSpec & { network: string }; status: { conditions: Condition[]; addresses: string[]; gateways: string[]; macAddress: string | null; interfaceName: string | null; host: string | null; hostLink: string | null; joinedAt: string | null } }
export interface Host { metadata: Metadata; spec: object; status: { conditions: Condition[]; lastSeenAt: string | null; kernelRelease: string | null; workerVersion: string | null } }
export interface Probe { metadata: Metadata; spec: ProbeSpec; status: { conditions: Condition[]; result: ProbeResult | null; error: string | null } }
export type Driver = DriverDescription;
