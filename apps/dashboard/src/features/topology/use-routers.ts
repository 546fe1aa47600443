'use client';

import { useMemo } from 'react';
import { healthOf, type Health } from '../../api/health';
import { useLive } from '../../api/live';

/** How the tenant's router namespaces fare, by the names of their hosts. */
export function useRouters(): ReadonlyMap<string, Health> {
  const routers = useLive('router');
  return useMemo(() => new Map(routers?.map((router) => [router.metadata.name, healthOf(router)])), [routers]);
}
