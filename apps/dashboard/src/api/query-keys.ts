import type { LiveKind } from './live-store';

/** Objects of one kind, kept up to date by the watch. */
export const liveKey = (kind: LiveKind) => ['live', kind] as const;

/** The drivers and their option schemas, which change with the API's version only. */
export const driversKey = ['drivers'] as const;

/** What an object has counted, asked for while it is looked at. */
export const countersKey = (kind: 'policy' | 'endpoint' | 'host', name: string) => ['counters', kind, name] as const;

/** The state of a sandbox's resolver, asked for while it is looked at. */
export const resolverKey = (sandbox: string) => ['resolver', sandbox] as const;
