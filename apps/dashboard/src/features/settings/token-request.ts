import type { CreateToken, Token } from '@netyard/api-client';
import { deploymentRoles, type AccessResource, type AccessVerb, type DeploymentRole, type TenantRole } from '@netyard/contracts';
import { settings } from '../../messages';
import { splitList } from '../form/listed';

const tenantResources = [
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
/** What is the deployment's, or what tokens of a tenant are too narrow to look after. */
const deploymentResources = [
  'member',
  'token',
  'user',
  'deployment-token',
  'enrolment',
  'audit',
] as const satisfies readonly AccessResource[];

const isOfDeployment = (role: TenantRole | DeploymentRole): boolean => deploymentRoles.some((known) => known === role);

/** What a token of a role can be narrowed to. */
export const scopeResources = (role: TenantRole | DeploymentRole): readonly AccessResource[] =>
  isOfDeployment(role) ? [...tenantResources, ...deploymentResources] : tenantResources;
export const scopeVerbs = ['read', 'create', 'update', 'delete'] as const satisfies readonly AccessVerb[];

/** The form in the shape of the body, but for what is typed as text or ticked. */
export interface TokenFormValues {
  metadata: { name: string };
  spec: {
    role: TenantRole | DeploymentRole;
    readOnly: boolean;
    /** With commas between. */
    allowedSources: string;
    /** In how many days it ends; empty: never. */
    expiresAt: string;
    resources: AccessResource[];
    verbs: AccessVerb[];
  };
}

/** The body of either kind of token, whose roles alone differ. */
export interface TokenRequest {
  metadata: { name: string };
  spec: Omit<CreateToken['spec'], 'role'> & { role: TenantRole | DeploymentRole };
}

const dayMs = 86_400_000;

/** The body that a filled-in form stands for at a point of time. */
export function tokenRequest({ metadata, spec }: TokenFormValues, nowMs: number): TokenRequest {
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
              {
                resources: resources.length > 0 ? resources : [...scopeResources(spec.role)],
                verbs: verbs.length > 0 ? verbs : [...scopeVerbs],
              },
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
