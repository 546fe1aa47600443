import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Host = Schemas['Host'];
export type Network = Schemas['Network'];
export type Sandbox = Schemas['Sandbox'];
export type Endpoint = Schemas['Endpoint'];
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
