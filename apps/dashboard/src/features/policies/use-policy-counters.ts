'use client';

import { unwrap } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { countersKey } from '../../api/query-keys';
import type { PolicyRow } from '../inventory/inventory';

/** As often as the counters of an open policy are asked for. */
const intervalMs = 3000;

/** What the rules of a policy have decided, on its hosts; asked for while it is in force. */
export const usePolicyCounters = ({ name, health }: PolicyRow) =>
  useQuery({
    queryKey: countersKey('policy', name),
    queryFn: async () => unwrap(await api.GET('/v1/policies/{ref}/counters', { params: { path: { ref: name } } })),
    enabled: health.tone === 'ready',
    refetchInterval: intervalMs,
  });
