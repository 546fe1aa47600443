import type { DriverName } from './driver';
import type { SandboxNamespace } from './sandbox';

/** What an admin lets a tenant have of the hosts beyond what is its own: some drivers and namespaces reach what is others'. */
export interface TenantGrants {
  drivers: DriverName[];
  namespaces: SandboxNamespace['type'][];
  /** What networks of the drivers macvlan and ipvlan may stand on. */
  parents: ParentGrant[];
}

/** A link of hosts, itself or VLANs of it (IEEE 802.1Q), on which networks of a tenant may stand. */
export interface ParentGrant {
  /** Its name, or `*` for every one. */
  link: string;
  /** Name of the host; null: every one. */
  host: string | null;
  /** Whether networks may stand on the link itself. */
  untagged: boolean;
  /** Numbers and ranges, such as `7` and `100-199`. */
  vlans: string[];
}

/** What every tenant may have: nothing of it is shared with a host or the wire. */
export const ordinaryGrants: TenantGrants = { drivers: ['bridge', 'overlay', 'none'], namespaces: ['managed'], parents: [] };

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
