import type { DriverName } from './driver';
import type { SandboxNamespace } from './sandbox';

/** What an admin lets a tenant have of the hosts beyond what is its own: some drivers and namespaces reach what is others'. */
export interface TenantGrants {
  drivers: DriverName[];
  namespaces: SandboxNamespace['type'][];
}

/** What every tenant may have: nothing of it is shared with a host or the wire. */
export const ordinaryGrants: TenantGrants = { drivers: ['bridge', 'overlay', 'none'], namespaces: ['managed'] };

/** The tenant that there is from the beginning; its networks are in the hosts' own namespaces. */
export const defaultTenantName = 'default';

/** What a tenant may have at most of each; of what is not named, as much as it likes. */
export const quotaKinds = [
  'networks',
  'sandboxes',
  'endpoints',
  'addresses',
  'publishedPorts',
  'bandwidthMbps',
  'probesPerMinute',
] as const;
export type QuotaKind = (typeof quotaKinds)[number];
export type Quotas = Partial<Record<QuotaKind, number>>;
