import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Host = Schemas['Host'];
export type Router = Schemas['Router'];
export type Network = Schemas['Network'];
export type Sandbox = Schemas['Sandbox'];
export type Endpoint = Schemas['Endpoint'];
export type Lease = Schemas['Lease'];
export type Port = Schemas['Port'];
export type Policy = Schemas['Policy'];
export type PolicyRule = Schemas['PolicyRule'];
export type PolicySelector = Schemas['PolicySelector'];
export type PolicyCounters = Schemas['PolicyCounters'];
export type PolicyPreview = Schemas['PolicyPreview'];
export type ResolverState = Schemas['ResolverState'];
export type EndpointCounters = Schemas['EndpointCounters'];
export type HostTunnels = Schemas['HostTunnels'];
export type HostCounters = Schemas['HostCounters'];
export type DnsSettings = Schemas['DnsSettings'];
export type Probe = Schemas['Probe'];
export type Driver = Schemas['Driver'];
export type OptionSchema = Schemas['OptionSchema'];
export type OptionProperty = Schemas['OptionProperty'];
export type Condition = Schemas['Condition'];
export type Metadata = Schemas['Metadata'];

export type CreateNetwork = Schemas['CreateNetwork'];
export type CreateSandbox = Schemas['CreateSandbox'];
export type CreateEndpoint = Schemas['CreateEndpoint'];
export type CreateProbe = Schemas['CreateProbe'];
export type CreatePort = Schemas['CreatePort'];
export type CreatePolicy = Schemas['CreatePolicy'];
export type PatchNetwork = Schemas['PatchNetwork'];
export type PatchSandbox = Schemas['PatchSandbox'];
export type PatchEndpoint = Schemas['PatchEndpoint'];
export type PatchPort = Schemas['PatchPort'];
export type PatchPolicy = Schemas['PatchPolicy'];
