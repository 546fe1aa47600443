import type { PatchTenant } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { quotaFormValues, quotaPatch, type QuotaKind } from './quota-request';

const none = {
  networks: null,
  sandboxes: null,
  endpoints: null,
  addresses: null,
  publishedPorts: null,
  bandwidthMbps: null,
  probesPerMinute: null,
};
const tenant = { spec: { grants: { drivers: [], namespaces: [], parents: [] }, quotas: { ...none, endpoints: 100 } } };

describe('quotaPatch', () => {
  const cases: { name: string; in: Partial<Record<QuotaKind, string>>; want: NonNullable<PatchTenant['spec']>['quotas'] }[] = [
    { name: 'nothing changed', in: {}, want: {} },
    { name: 'one more, one lifted', in: { networks: ' 5 ', endpoints: '' }, want: { networks: 5, endpoints: null } },
    { name: 'nothing at all is a limit too', in: { publishedPorts: '0' }, want: { publishedPorts: 0 } },
  ];
  it.each(cases)('$name', ({ in: typed, want }) => {
    const { spec } = quotaFormValues(tenant);
    expect(quotaPatch(tenant, { spec: { quotas: { ...spec.quotas, ...typed } } })).toEqual({ spec: { quotas: want } });
  });
});
