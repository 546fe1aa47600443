import type { LiveKind } from './live-store';

/** Objects of one kind, kept up to date by the watch. */
export const liveKey = (kind: LiveKind) => ['live', kind] as const;

/** Who is signed in, and what they may do. */
export const sessionKey = ['session'] as const;

/** The tenants that one may look at. */
export const tenantsKey = ['tenants'] as const;

/** The drivers and their option schemas, which change with the API's version only. */
export const driversKey = ['drivers'] as const;

/** What an object has counted, asked for while it is looked at. */
export const countersKey = (kind: 'policy' | 'endpoint' | 'host', name: string) => ['counters', kind, name] as const;

/** The state of a sandbox's resolver, asked for while it is looked at. */
export const resolverKey = (sandbox: string) => ['resolver', sandbox] as const;

/** What settings list; asked for when they are opened, and anew after each change. */
export const membersKey = (tenant: string) => ['members', tenant] as const;
export const tokensKey = (tenant: string | null) => (tenant === null ? (['tokens'] as const) : (['tokens', tenant] as const));
export const tenantKey = (tenant: string) => ['tenants', tenant] as const;
export const sharesKey = ['shares'] as const;
export const usersKey = ['users'] as const;
export const enrolmentsKey = ['enrolments'] as const;
export const ownSessionsKey = ['own-sessions'] as const;
export const placedKey = (host: string) => ['placed', host] as const;

/** The network stack of a sandbox, asked for while it is looked at. */
export const stackKey = (sandbox: string) => ['stack', sandbox] as const;

/** What happened, narrowed by filters. */
export const eventsKey = (filters: object) => ['events', filters] as const;

/** What was done, of one object or of all. */
export const changesKey = (id: string | null, limit: number) => ['changes', id, limit] as const;

/** The addresses of a part of a network, or of all of it. */
export const addressesKey = (network: string, within: string | null) => ['addresses', network, within] as const;

/** The probes of the last hour, from one sandbox or from all. */
export const probesKey = (sandbox: string | null) => ['probes', sandbox] as const;
export const auditKey = (query: object) => ['audit', query] as const;
