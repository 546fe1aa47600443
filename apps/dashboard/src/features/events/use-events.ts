'use client';

import { unwrap, type Event } from '@netyard/api-client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { eventsKey } from '../../api/query-keys';

/** What events are narrowed by. */
export interface EventFilters {
  kind?: Event['kind'][];
  id?: string;
  name?: string;
  type?: Event['type'];
  /** Id of the host that told. */
  host?: string;
  reason?: string[];
}

/** No watch tells of events: so often the first page is asked for while it is looked at. */
const intervalMs = 4000;
const pageSize = 50;

/** Events, the latest first, page after page. */
export function useEvents(filters: EventFilters) {
  return useInfiniteQuery({
    queryKey: eventsKey(filters),
    queryFn: async ({ pageParam }) =>
      unwrap(
        await api.GET('/v1/events', {
          params: { query: { ...filters, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: intervalMs,
    placeholderData: keepPreviousData,
  });
}
