import type { PatchTenant, Tenant } from '@netyard/api-client';

/** What quotas limit, in the order in which it is shown. */
export const quotaKinds = [
  'networks',
  'sandboxes',
  'endpoints',
  'addresses',
  'publishedPorts',
  'bandwidthMbps',
  'probesPerMinute',
] as const satisfies readonly (keyof Tenant['spec']['quotas'])[];
export type QuotaKind = (typeof quotaKinds)[number];

/** Limits as they are typed; empty: none. */
export interface QuotaFormValues {
  spec: { quotas: Record<QuotaKind, string> };
}

export const quotaFormValues = ({ spec }: Pick<Tenant, 'spec'>): QuotaFormValues => ({
  spec: { quotas: mapKinds((kind) => spec.quotas[kind]?.toString() ?? '') },
});

/** The patch that makes the quotas those of the form: what has not changed is left out. */
export function quotaPatch({ spec }: Pick<Tenant, 'spec'>, values: QuotaFormValues): PatchTenant {
  const wanted = quotaKinds.map((kind) => [kind, values.spec.quotas[kind].trim()] as const);
  const changed = wanted.filter(([kind, limit]) => limit !== (spec.quotas[kind]?.toString() ?? ''));
  return { spec: { quotas: Object.fromEntries(changed.map(([kind, limit]) => [kind, limit === '' ? null : Number(limit)])) } };
}

const mapKinds = (valueOf: (kind: QuotaKind) => string): Record<QuotaKind, string> => ({
  networks: valueOf('networks'),
  sandboxes: valueOf('sandboxes'),
  endpoints: valueOf('endpoints'),
  addresses: valueOf('addresses'),
  publishedPorts: valueOf('publishedPorts'),
  bandwidthMbps: valueOf('bandwidthMbps'),
  probesPerMinute: valueOf('probesPerMinute'),
});
