import type { operations } from '@netyard/api-client';
import { accessResources, accessVerbs } from '@netyard/contracts';
import { parseAsString, parseAsStringLiteral } from 'nuqs';

export const outcomes = ['done', 'refused', 'failed'] as const;

/** The filters as the address has them. */
export const auditParsers = {
  actor: parseAsString.withDefault(''),
  resource: parseAsStringLiteral(accessResources),
  verb: parseAsStringLiteral(accessVerbs),
  object: parseAsString.withDefault(''),
  outcome: parseAsStringLiteral(outcomes),
  tenant: parseAsString.withDefault(''),
  /** As `datetime-local` fields have it: in the user's zone. */
  since: parseAsString.withDefault(''),
  until: parseAsString.withDefault(''),
};

export interface AuditFilters {
  actor: string;
  resource: (typeof accessResources)[number] | null;
  verb: (typeof accessVerbs)[number] | null;
  object: string;
  outcome: (typeof outcomes)[number] | null;
  tenant: string;
  since: string;
  until: string;
}

export type AuditQuery = NonNullable<operations['exportAudit']['parameters']['query']>;

/** What the API is asked for: filters that are set, times in UTC. */
export function auditQuery({ actor, resource, verb, object, outcome, tenant, since, until }: AuditFilters): AuditQuery {
  return {
    ...(actor.trim() === '' ? {} : { actor: actor.trim() }),
    ...(resource === null ? {} : { resource }),
    ...(verb === null ? {} : { verb }),
    ...(object.trim() === '' ? {} : { object: object.trim() }),
    ...(outcome === null ? {} : { outcome }),
    ...(tenant.trim() === '' ? {} : { tenant: tenant.trim() }),
    ...timeOf('since', since),
    ...timeOf('until', until),
  };
}

/** A time that is typed by half is none yet. */
function timeOf<Key extends 'since' | 'until'>(key: Key, text: string): Partial<Record<Key, string>> {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? {} : ({ [key]: new Date(ms).toISOString() } as Record<Key, string>);
}

/** Where the same entries are to be had as a file. */
export const exportPath = (apiBase: string, query: AuditQuery): string => {
  const search = new URLSearchParams(Object.entries(query).map(([key, value]): [string, string] => [key, value])).toString();
  return `${apiBase}/v1/audit/export${search === '' ? '' : `?${search}`}`;
};
