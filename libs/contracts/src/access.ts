/** What a member may do in a tenant: the first everything, the last look. */
export const tenantRoles = ['owner', 'editor', 'viewer'] as const;
export type TenantRole = (typeof tenantRoles)[number];

/** What somebody may do in the whole deployment: everything, or look at everything. */
export const deploymentRoles = ['admin', 'auditor'] as const;
export type DeploymentRole = (typeof deploymentRoles)[number];

/** Who asks, as the policy table sees it. `memberless` is a user who is a member of no tenant, `worker` is the token that all workers share, `host` the credential of one host, which it gets when it is `enrolling`. */
export type Role = TenantRole | DeploymentRole | 'memberless' | 'worker' | 'host' | 'enrolling';

/** What is done to a resource. */
export const accessVerbs = ['read', 'create', 'update', 'delete'] as const;
export type AccessVerb = (typeof accessVerbs)[number];

/** What there is to do something to. `intent` is what a worker asks for and says of its own host. */
export const accessResources = [
  'network',
  'share',
  'sandbox',
  'endpoint',
  'port',
  'policy',
  'probe',
  'router',
  'host',
  'driver',
  'event',
  'change',
  'watch',
  'tenant',
  'member',
  'token',
  'user',
  'deployment-token',
  'session',
  'audit',
  'enrolment',
  'credential',
  'placement',
  'intent',
] as const;
export type AccessResource = (typeof accessResources)[number];

/** What a token is limited to: these verbs on these resources. */
export interface AccessScope {
  resources: AccessResource[];
  verbs: AccessVerb[];
}
