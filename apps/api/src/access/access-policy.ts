import { accessResources, accessVerbs, type AccessResource, type AccessScope, type AccessVerb, type Role } from '@netyard/contracts';

const everybody: readonly Role[] = ['admin', 'auditor', 'owner', 'editor', 'viewer'];
const editors: readonly Role[] = ['admin', 'owner', 'editor'];
const owners: readonly Role[] = ['admin', 'owner'];
/** All that can be a session. */
const people: readonly Role[] = [...everybody, 'memberless'];
const overseers: readonly Role[] = ['admin', 'auditor'];
const admins: readonly Role[] = ['admin'];
const workers: readonly Role[] = ['admin', 'worker', 'host'];

type Permissions = Partial<Record<AccessVerb, readonly Role[]>>;

const tenantObject: Permissions = { read: everybody, create: editors, update: editors, delete: editors };

/** Who may do what. What is not here, nobody may. Owners, editors and viewers mean their own tenants; admins and auditors all of them. */
export const accessPolicy: Record<AccessResource, Permissions> = {
  network: tenantObject,
  sandbox: tenantObject,
  endpoint: tenantObject,
  port: tenantObject,
  policy: tenantObject,
  probe: { read: everybody, create: editors, delete: editors },
  share: { read: everybody, update: owners, delete: owners },
  router: { read: everybody },
  host: { read: everybody, update: admins, delete: admins },
  driver: { read: everybody },
  event: { read: everybody },
  // What has become of objects that one may read, by whom. Where it was done from, and what was refused, is the audit's.
  change: { read: everybody },
  watch: { read: everybody },
  tenant: { read: everybody, create: admins, update: admins, delete: admins },
  member: { read: everybody, update: owners, delete: owners },
  token: { read: [...owners, 'auditor'], create: owners, delete: owners },
  user: { read: overseers, create: admins, update: admins, delete: admins },
  'deployment-token': { read: overseers, create: admins, delete: admins },
  // One's own.
  session: { read: [...people, 'worker'], update: people, delete: people },
  audit: { read: [...overseers, 'owner'] },
  enrolment: { read: overseers, create: admins, delete: admins },
  placement: { read: overseers },
  credential: { update: ['enrolling', 'host'] },
  intent: { read: workers, update: workers },
};

/** What makes and unmakes credentials: a token that is limited in any way could shed its limits there. */
const credentials: ReadonlySet<AccessResource> = new Set(['member', 'token', 'user', 'deployment-token', 'session', 'enrolment']);

/** What a token may do less than its role may. */
export interface TokenLimits {
  readOnly: boolean;
  /** Null: all that the role may. */
  scopes: AccessScope[] | null;
  /** Whether it is good from some places only. */
  isBound: boolean;
}

export const unlimited: TokenLimits = { readOnly: false, scopes: null, isBound: false };

/** Why a role, with a token's limits, may not do something; undefined when it may. */
export function refusal(role: Role, resource: AccessResource, verb: AccessVerb, limits: TokenLimits): string | undefined {
  if (!accessPolicy[resource][verb]?.includes(role)) return `${role} may not ${verb} ${inWords(resource)}`;
  if (limits.readOnly && verb !== 'read') return 'the token is for reading alone';
  if (limits.scopes && !limits.scopes.some(({ resources, verbs }) => resources.includes(resource) && verbs.includes(verb)))
    return `the token’s scopes do not cover it: ${verb} of ${resource}`;
  const isLimited = limits.readOnly || limits.scopes !== null || limits.isBound;
  if (isLimited && verb !== 'read' && credentials.has(resource)) return `a token that is limited may not ${verb} ${inWords(resource)}`;
  return undefined;
}

/** All that a role may do, with a token's limits: kinds with no verb left out. */
export function permissionsOf(role: Role, limits: TokenLimits): { resource: AccessResource; verbs: AccessVerb[] }[] {
  return accessResources
    .map((resource) => ({ resource, verbs: accessVerbs.filter((verb) => refusal(role, resource, verb, limits) === undefined) }))
    .filter(({ verbs }) => verbs.length > 0);
}

function inWords(resource: AccessResource): string {
  if (resource === 'intent') return 'what workers ask for';
  return resource === 'policy' ? 'policies' : `${resource.replace('-', ' ')}s`;
}
