import type { SelectableKind } from './features/inventory/view-state';

/** Every address that the dashboard serves, in one place. */
export const paths = {
  home: '/',
  topology: '/topology',
  networks: '/networks',
  sandboxes: '/sandboxes',
  endpoints: '/endpoints',
  policies: '/policies',
  hosts: '/hosts',
  addresses: '/addresses',
  events: '/events',
  probes: '/probes',
  signIn: '/sign-in',
  audit: '/audit',
  settings: '/settings',
  members: '/settings/members',
  tokens: '/settings/tokens',
  quotas: '/settings/quotas',
  drivers: '/settings/drivers',
  shares: '/settings/shares',
  tenants: '/settings/tenants',
  users: '/settings/users',
  deploymentTokens: '/settings/deployment-tokens',
  enrolment: '/settings/enrolment',
  account: '/settings/account',
  session: '/api/session',
  sessionPassword: '/api/session/password',
  sessionOidc: '/api/session/oidc',
  sessionTenant: '/api/session/tenant',
  /** The API as the browser sees it: paths of the OpenAPI document go behind this. */
  apiBase: '/api',
} as const;

/** The page of one object. Ports have none of their own: their details open beside a list. */
export function objectPath(kind: SelectableKind, name: string): string {
  const part = encodeURIComponent(name);
  switch (kind) {
    case 'network':
      return `${paths.networks}/${part}`;
    case 'sandbox':
      return `${paths.sandboxes}/${part}`;
    case 'endpoint':
      return `${paths.endpoints}/${part}`;
    case 'host':
      return `${paths.hosts}/${part}`;
    case 'policy':
      return `${paths.policies}/${part}`;
    case 'port':
      return `${paths.endpoints}?show=port%2F${part}`;
    default:
      return kind satisfies never;
  }
}

/** A list narrowed to what matches the words of a filter. */
export const filteredPath = (list: string, filter: string): string => `${list}?q=${encodeURIComponent(filter)}`;
