'use client';

import { unwrap, type Tenant } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { tenantKey } from '../../api/query-keys';
import { useSession } from '../session/session-context';

/** How often what is in use is asked for anew while it is looked at. */
const refreshMs = 10_000;

/** The tenant that is looked at, with its quotas and grants and what it uses. */
export function useTenant(): { tenant: Tenant | undefined; error: Error | null } {
  const name = useSession()?.tenant ?? '';
  const { data, error } = useQuery({
    queryKey: tenantKey(name),
    queryFn: async () => unwrap(await api.GET('/v1/tenants/{tenant}', { params: { path: { tenant: name } } })),
    enabled: name !== '',
    refetchInterval: refreshMs,
  });
  return { tenant: data, error };
}
