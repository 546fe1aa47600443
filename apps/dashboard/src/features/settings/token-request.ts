import type { CreateToken, Token } from '@netyard/api-client';
import type { AccessResource, AccessVerb, TenantRole } from '@netyard/contracts';
import { settings } from '../../messages';
import { splitList } from '../form/listed';

/** What a token of a tenant can be narrowed to. */
export const scopeResources = [
  'network',
  'sandbox',
  'endpoint',
  'port',
  'policy',
  'probe',
  'share',
  'host',
  'driver',
  'event',
  'watch',
  'tenant',
] as const satisfies readonly AccessResource[];
export const scopeVerbs = ['read', 'create', 'update', 'delete'] as const satisfies readonly AccessVerb[];

/** The form in the shape of the body, but for what is typed as text or ticked. */
export interface TokenFormValues {
  metadata: { name: string };
  spec: {
    role: TenantRole;
    readOnly: boolean;
    /** With commas between. */
    allowedSources: string;
    /** In how many days it ends; empty: never. */
    expiresAt: string;
    resources: AccessResource[];
    verbs: AccessVerb[];
  };
}

const dayMs = 86_400_000;

/** The body that a filled-in form stands for at a point of time. */
export function tokenRequest({ metadata, spec }: TokenFormValues, nowMs: number): CreateToken {
  const sources = splitList(spec.allowedSources);
  const { resources, verbs } = spec;
  return {
    metadata: { name: metadata.name.trim() },
    spec: {
      role: spec.role,
      ...(spec.readOnly ? { readOnly: true } : {}),
      ...(resources.length > 0 || verbs.length > 0
        ? {
            scopes: [
              { resources: resources.length > 0 ? resources : [...scopeResources], verbs: verbs.length > 0 ? verbs : [...scopeVerbs] },
            ],
          }
        : {}),
      ...(sources.length > 0 ? { allowedSources: sources } : {}),
      ...(spec.expiresAt === '' ? {} : { expiresAt: new Date(nowMs + Number(spec.expiresAt) * dayMs).toISOString() }),
    },
  };
}

/** Scopes for people: `read, create of endpoint, sandbox`. */
export const scopeText = (scopes: Token['spec']['scopes']): string =>
  scopes === null ? settings.everything : scopes.map(({ resources, verbs }) => `${verbs.join(', ')}: ${resources.join(', ')}`).join('; ');
