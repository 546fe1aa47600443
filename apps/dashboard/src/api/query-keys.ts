import type { LiveKind } from './live-store';

/** Objects of one kind, kept up to date by the watch. */
export const liveKey = (kind: LiveKind) => ['live', kind] as const;

/** The drivers and their option schemas, which change with the API's version only. */
export const driversKey = ['drivers'] as const;
