/** Marks a string as the id of one kind of object, so that ids of two kinds cannot be mixed up. All ids are UUIDs (version 7, RFC 9562). */
type Branded<Name extends string> = string & { readonly __kind: Name };

export type TenantId = Branded<'tenant'>;
export type HostId = Branded<'host'>;
export type NetworkId = Branded<'network'>;
export type SubnetId = Branded<'subnet'>;
export type SandboxId = Branded<'sandbox'>;
export type EndpointId = Branded<'endpoint'>;
export type ProbeId = Branded<'probe'>;
export type PortId = Branded<'port'>;
export type PolicyId = Branded<'policy'>;
export type PeerId = Branded<'peer'>;
export type RouterId = Branded<'router'>;
export type KeyId = Branded<'key'>;
export type InquiryId = Branded<'inquiry'>;
export type UserId = Branded<'user'>;
export type TokenId = Branded<'token'>;

/** The kinds of object that have an id, a generation and conditions, and that watches and feeds speak of. */
export const objectKinds = ['host', 'router', 'network', 'sandbox', 'endpoint', 'port', 'policy', 'probe'] as const;
export type ObjectKind = (typeof objectKinds)[number];
