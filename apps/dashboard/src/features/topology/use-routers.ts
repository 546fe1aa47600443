'use client';

import { unwrap } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { healthOf, type Health } from '../../api/health';
import { routersKey } from '../../api/query-keys';

/** Routers come and go with networks, and no other page shows them: they are not among what is watched. */
const intervalMs = 5_000;

/** How the tenant's router namespaces fare, by the names of their hosts. */
export function useRouters(): ReadonlyMap<string, Health> {
  const { data } = useQuery({
    queryKey: routersKey,
    queryFn: async () => unwrap(await api.GET('/v1/routers', { params: { query: { limit: 500 } } })).items,
    refetchInterval: intervalMs,
  });
  return useMemo(() => new Map(data?.map((router) => [router.metadata.name, healthOf(router)])), [data]);
}
