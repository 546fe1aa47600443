import type { Belongings, Caller, Method, TwoTenants, Whose } from './two-tenants';

/** What an operation is asked for, and what it answers to those who may. */
export interface OperationRow {
  /** Who may do it; the others are refused with 403. */
  may: readonly Caller[];
  path(object: Belongings, world: TwoTenants): string | Promise<string>;
  body?: object;
  headers?: Record<string, string>;
  /** The answer, by whose object the path names. */
  answers: Partial<Record<Whose, number>>;
  /** Those who see all of the deployment get what they would of their own. */
  isDeployments?: boolean;
  isStream?: boolean;
  /** Needs no token. */
  isPublic?: boolean;
}

const all: readonly Caller[] = ['admin', 'auditor', 'owner', 'editor', 'viewer', 'read-only'];
const editors: readonly Caller[] = ['admin', 'owner', 'editor'];
const owners: readonly Caller[] = ['admin', 'owner'];
/** All that can be a session. */
const people: readonly Caller[] = ['admin', 'auditor', 'owner', 'editor', 'viewer'];
const workers: readonly Caller[] = ['admin', 'worker', 'host'];
const overseers: readonly Caller[] = ['admin', 'auditor'];

const foreign = { other: 404, missing: 404 };
/** A version that no object has: whoever gets so far has been let in and has found the object, which stays as it is. */
const stale = { headers: { 'if-match': '"0"' } };

const list = (path: string, may = all): OperationRow => ({ may, path: () => path, answers: { own: 200 } });
const create = (path: string, may = editors): OperationRow => ({ may, path: () => path, body: {}, answers: { own: 400 } });
const read = (path: OperationRow['path'], own = 200, shared = {}): OperationRow => ({
  may: all,
  path,
  answers: { own, ...foreign, ...shared },
});
const change = (path: OperationRow['path'], may = editors, shared = {}, body?: object): OperationRow => ({
  may,
  path,
  ...stale,
  ...(body ? { body } : {}),
  answers: { own: 412, ...foreign, ...shared },
});

const bulk = (kind: string): Record<'create' | 'delete', OperationRow> => ({
  create: create(`/v1/${kind}/bulk`),
  delete: create(`/v1/${kind}/bulk-delete`),
});
const managed = { shared: 403 };
const used = { shared: 200 };

/** Every operation of the document, by its id. One that is not here fails the test. */
export const operations: Record<string, { method: Method } & OperationRow> = {
  listNetworks: { method: 'get', ...list('/v1/networks') },
  createNetwork: { method: 'post', ...create('/v1/networks') },
  createNetworks: { method: 'post', ...bulk('networks').create },
  deleteNetworks: { method: 'post', ...bulk('networks').delete, answers: { own: 422 } },
  getNetwork: { method: 'get', ...read(({ network }) => `/v1/networks/${network}`, 200, used) },
  patchNetwork: { method: 'patch', ...change(({ network }) => `/v1/networks/${network}`, editors, managed, {}) },
  deleteNetwork: { method: 'delete', ...change(({ network }) => `/v1/networks/${network}`, editors, managed) },
  listAddresses: { method: 'get', ...read(({ network }) => `/v1/networks/${network}/addresses`, 200, used) },
  listShares: { method: 'get', ...read(({ network }) => `/v1/networks/${network}/shares`, 200, managed) },
  listTenantShares: { method: 'get', ...list('/v1/shares') },
  putShare: {
    method: 'put',
    may: owners,
    path: ({ network }) => `/v1/networks/${network}/shares/theirs`,
    answers: { own: 200, ...foreign, ...managed },
  },
  deleteShare: {
    method: 'delete',
    may: owners,
    path: async ({ network }, world) => {
      await world.admin('put', `/v1/networks/${world.ours.network}/shares/theirs`, undefined, 'ours').expect(200);
      return `/v1/networks/${network}/shares/theirs`;
    },
    answers: { own: 204, ...foreign, ...managed },
  },
  listSandboxes: { method: 'get', ...list('/v1/sandboxes') },
  createSandbox: { method: 'post', ...create('/v1/sandboxes') },
  createSandboxes: { method: 'post', ...bulk('sandboxes').create },
  deleteSandboxes: { method: 'post', ...bulk('sandboxes').delete, answers: { own: 422 } },
  getSandbox: { method: 'get', ...read(({ sandbox }) => `/v1/sandboxes/${sandbox}`) },
  patchSandbox: { method: 'patch', ...change(({ sandbox }) => `/v1/sandboxes/${sandbox}`, editors, {}, {}) },
  deleteSandbox: { method: 'delete', ...change(({ sandbox }) => `/v1/sandboxes/${sandbox}`) },
  getSandboxStack: { method: 'get', ...read(({ sandbox }) => `/v1/sandboxes/${sandbox}/stack`) },
  getResolver: { method: 'get', ...read(({ sandbox }) => `/v1/sandboxes/${sandbox}/resolver`) },
  listEndpoints: { method: 'get', ...list('/v1/endpoints') },
  createEndpoint: { method: 'post', ...create('/v1/endpoints') },
  previewEndpoint: { method: 'post', ...create('/v1/endpoints/preview', all) },
  createEndpoints: { method: 'post', ...bulk('endpoints').create },
  deleteEndpoints: { method: 'post', ...bulk('endpoints').delete, answers: { own: 422 } },
  getEndpoint: { method: 'get', ...read(({ endpoint }) => `/v1/endpoints/${endpoint}`) },
  patchEndpoint: { method: 'patch', ...change(({ endpoint }) => `/v1/endpoints/${endpoint}`, editors, {}, {}) },
  deleteEndpoint: { method: 'delete', ...change(({ endpoint }) => `/v1/endpoints/${endpoint}`) },
  joinEndpoint: { method: 'post', ...change(({ endpoint }) => `/v1/endpoints/${endpoint}/join`, editors, {}, { sandbox: 'sandbox-ours' }) },
  leaveEndpoint: { method: 'post', ...change(({ endpoint }) => `/v1/endpoints/${endpoint}/leave`) },
  getEndpointCounters: { method: 'get', ...read(({ endpoint }) => `/v1/endpoints/${endpoint}/counters`, 409) },
  listAllPorts: { method: 'get', ...list('/v1/ports') },
  listPorts: { method: 'get', ...read(({ endpoint }) => `/v1/endpoints/${endpoint}/ports`) },
  createPort: {
    method: 'post',
    may: editors,
    path: ({ endpoint }) => `/v1/endpoints/${endpoint}/ports`,
    body: { metadata: { name: 'port-ours' }, protocol: 'tcp', port: 81 },
    answers: { own: 409, ...foreign },
  },
  createPorts: {
    method: 'post',
    may: editors,
    path: ({ endpoint }) => `/v1/endpoints/${endpoint}/ports/bulk`,
    body: { items: [{ metadata: { name: 'port-ours' }, protocol: 'tcp', port: 81 }] },
    answers: { own: 409, ...foreign },
  },
  getPort: { method: 'get', ...read(({ endpoint, port }) => `/v1/endpoints/${endpoint}/ports/${port}`) },
  patchPort: { method: 'patch', ...change(({ endpoint, port }) => `/v1/endpoints/${endpoint}/ports/${port}`, editors, {}, {}) },
  deletePort: { method: 'delete', ...change(({ endpoint, port }) => `/v1/endpoints/${endpoint}/ports/${port}`) },
  listPolicies: { method: 'get', ...list('/v1/policies') },
  createPolicy: { method: 'post', ...create('/v1/policies') },
  createPolicies: { method: 'post', ...bulk('policies').create },
  deletePolicies: { method: 'post', ...bulk('policies').delete, answers: { own: 422 } },
  previewPolicy: { method: 'post', ...create('/v1/policies/preview', all) },
  getPolicy: { method: 'get', ...read(({ policy }) => `/v1/policies/${policy}`) },
  patchPolicy: { method: 'patch', ...change(({ policy }) => `/v1/policies/${policy}`, editors, {}, {}) },
  deletePolicy: { method: 'delete', ...change(({ policy }) => `/v1/policies/${policy}`) },
  getPolicyCounters: { method: 'get', ...read(({ policy }) => `/v1/policies/${policy}/counters`) },
  listProbes: { method: 'get', ...list('/v1/probes') },
  createProbe: { method: 'post', ...create('/v1/probes') },
  getProbe: { method: 'get', ...read(({ probe }) => `/v1/probes/${probe}`) },
  deleteProbe: {
    method: 'delete',
    may: editors,
    path: async ({ probe }, world) => {
      if (probe !== world.ours.probe) return `/v1/probes/${probe}`;
      const fresh = { spec: { sandbox: world.ours.sandbox, kind: 'ping', target: '10.0.0.1' } };
      return `/v1/probes/${(await world.create('ours', 'probes', fresh)).id}`;
    },
    answers: { own: 204, ...foreign },
  },
  listRouters: { method: 'get', ...list('/v1/routers') },
  getRouter: { method: 'get', ...read(({ router }) => `/v1/routers/${router}`) },
  listChanges: { method: 'get', ...list('/v1/changes') },
  listEvents: { method: 'get', ...list('/v1/events') },
  watch: { method: 'get', ...list('/v1/watch'), isStream: true },
  listDrivers: { method: 'get', ...list('/v1/drivers') },
  getDriver: { method: 'get', ...list('/v1/drivers/bridge') },
  listHosts: { method: 'get', ...list('/v1/hosts') },
  getHost: { method: 'get', ...read(({ host }) => `/v1/hosts/${host}`), isDeployments: true },
  // Its worker declines to answer.
  getHostCounters: { method: 'get', ...read(({ host }) => `/v1/hosts/${host}/counters`), isDeployments: true },
  getTunnels: { method: 'get', ...read(({ host }) => `/v1/hosts/${host}/tunnels`, 422), isDeployments: true },
  patchHost: { method: 'patch', ...change(({ host }) => `/v1/hosts/${host}`, ['admin'], {}, {}), isDeployments: true },
  deleteHost: { method: 'delete', ...change(({ host }) => `/v1/hosts/${host}`, ['admin']), isDeployments: true },
  rotateHostKeys: { method: 'post', ...change(({ host }) => `/v1/hosts/${host}/key-rotations`, ['admin'], {}, {}), isDeployments: true },
  listPlaced: { method: 'get', may: overseers, path: ({ host }) => `/v1/hosts/${host}/placed`, answers: { own: 200, missing: 404 } },
  listEnrolments: { method: 'get', ...list('/v1/hosts/enrolments', overseers) },
  createEnrolment: { method: 'post', ...create('/v1/hosts/enrolments', ['admin']) },
  deleteEnrolment: { method: 'delete', may: ['admin'], path: () => '/v1/hosts/enrolments/nobodys', answers: { own: 404 } },
  exchangeCredential: { method: 'put', may: ['host'], path: ({ hostName }) => `/v1/hosts/${hostName}/credential`, answers: { ...foreign } },
  registerHost: {
    method: 'put',
    may: workers,
    path: ({ hostName }) => `/v1/hosts/${hostName}/registration`,
    body: {},
    answers: { own: 400, other: 404 },
    isDeployments: true,
  },
  followHostFeed: {
    method: 'get',
    may: workers,
    path: ({ hostName }) => `/v1/hosts/${hostName}/feed`,
    answers: { own: 200, ...foreign },
    isDeployments: true,
    isStream: true,
  },
  reportFromHost: {
    method: 'post',
    may: workers,
    path: ({ hostName }) => `/v1/hosts/${hostName}/reports`,
    body: {},
    answers: { own: 400, other: 404 },
    isDeployments: true,
  },
  listTenants: { method: 'get', ...list('/v1/tenants') },
  createTenant: { method: 'post', ...create('/v1/tenants', ['admin']), body: { spec: { grants: 1 } } },
  getTenant: { method: 'get', ...read(({ tenant }) => `/v1/tenants/${tenant}`), isDeployments: true },
  patchTenant: { method: 'patch', ...change(({ tenant }) => `/v1/tenants/${tenant}`, ['admin'], {}, {}), isDeployments: true },
  deleteTenant: { method: 'delete', ...change(({ tenant }) => `/v1/tenants/${tenant}`, ['admin']), isDeployments: true },
  listMembers: { method: 'get', ...read(({ tenant }) => `/v1/tenants/${tenant}/members`), isDeployments: true },
  getMember: { method: 'get', ...read(({ tenant, member }) => `/v1/tenants/${tenant}/members/${member}`), isDeployments: true },
  putMember: {
    method: 'put',
    ...change(({ tenant, member }) => `/v1/tenants/${tenant}/members/${member}`, owners, {}, { spec: { role: 'editor' } }),
    isDeployments: true,
  },
  deleteMember: {
    method: 'delete',
    ...change(({ tenant, member }) => `/v1/tenants/${tenant}/members/${member}`, owners),
    isDeployments: true,
  },
  listTokens: {
    method: 'get',
    ...read(({ tenant }) => `/v1/tenants/${tenant}/tokens`),
    may: ['admin', 'auditor', 'owner', 'read-only'],
    isDeployments: true,
  },
  createToken: {
    method: 'post',
    may: owners,
    path: ({ tenant }) => `/v1/tenants/${tenant}/tokens`,
    body: {},
    answers: { own: 400, ...foreign },
    isDeployments: true,
  },
  getToken: {
    method: 'get',
    ...read(({ tenant, token }) => `/v1/tenants/${tenant}/tokens/${token}`),
    may: ['admin', 'auditor', 'owner', 'read-only'],
    isDeployments: true,
  },
  deleteToken: { method: 'delete', ...change(({ tenant, token }) => `/v1/tenants/${tenant}/tokens/${token}`, owners), isDeployments: true },
  listDeploymentTokens: { method: 'get', ...list('/v1/tokens', overseers) },
  createDeploymentToken: { method: 'post', ...create('/v1/tokens', ['admin']) },
  getDeploymentToken: { method: 'get', may: overseers, path: (_, world) => `/v1/tokens/${world.deploymentToken}`, answers: { own: 200 } },
  deleteDeploymentToken: {
    method: 'delete',
    may: ['admin'],
    path: (_, world) => `/v1/tokens/${world.deploymentToken}`,
    ...stale,
    answers: { own: 412 },
  },
  signIn: {
    method: 'post',
    may: [...all, 'worker', 'host', 'nobody'],
    path: () => '/v1/sessions',
    body: {},
    answers: { own: 400 },
    isPublic: true,
  },
  listSignInMethods: {
    method: 'get',
    may: [...all, 'worker', 'host', 'nobody'],
    path: () => '/v1/sign-in',
    answers: { own: 200 },
    isPublic: true,
  },
  beginOidcSignIn: {
    method: 'post',
    may: [...all, 'worker', 'host', 'nobody'],
    path: () => '/v1/sign-in/oidc',
    body: {},
    answers: { own: 400 },
    isPublic: true,
  },
  completeOidcSignIn: {
    method: 'post',
    may: [...all, 'worker', 'host', 'nobody'],
    path: () => '/v1/sessions/oidc',
    body: {},
    answers: { own: 400 },
    isPublic: true,
  },
  getSession: { method: 'get', ...list('/v1/session', [...all, 'worker']) },
  listSessions: { method: 'get', ...list('/v1/sessions', [...all, 'worker']), answers: { own: 422 } },
  endSession: { method: 'delete', may: people, path: ({ tenant }) => `/v1/sessions/${tenant}`, answers: { own: 422 } },
  signOut: { method: 'delete', may: people, path: () => '/v1/session', answers: { own: 422 } },
  signOutEverywhere: { method: 'delete', may: people, path: () => '/v1/sessions', answers: { own: 422 } },
  changePassword: { method: 'put', ...create('/v1/session/password', people) },
  listAudit: { method: 'get', ...list('/v1/audit', ['admin', 'auditor', 'owner', 'read-only']) },
  exportAudit: { method: 'get', ...list('/v1/audit/export', ['admin', 'auditor', 'owner', 'read-only']) },
  listUsers: { method: 'get', ...list('/v1/users', overseers) },
  createUser: { method: 'post', ...create('/v1/users', ['admin']), body: { spec: { deploymentRole: 'king' } } },
  getUser: { method: 'get', may: overseers, path: (_, { user }) => `/v1/users/${user}`, answers: { own: 200 } },
  patchUser: { method: 'patch', may: ['admin'], path: (_, { user }) => `/v1/users/${user}`, body: {}, ...stale, answers: { own: 412 } },
  deleteUser: { method: 'delete', may: ['admin'], path: (_, { user }) => `/v1/users/${user}`, ...stale, answers: { own: 412 } },
};
