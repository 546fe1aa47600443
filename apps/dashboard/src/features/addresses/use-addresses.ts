'use client';

import { unwrap, type AddressRange } from '@netyard/api-client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { addressesKey } from '../../api/query-keys';
import type { NetworkRow } from '../inventory/inventory';

const pageSize = 500;

/** The addresses of a part of a network, in ranges, page after page; asked for again whenever one is taken or given back. */
export function useAddresses({ name, object, endpoints }: NetworkRow, within: string) {
  // Which they are is not told by the watch, but that they are others is: by the count, and by what the network's endpoints have.
  const taken = object.status.subnets.map(({ addressesInUse }) => addressesInUse).join(' ');
  const held = endpoints.map(({ addresses, sandboxName }) => `${addresses.join(' ')} ${sandboxName}`).join();
  return useInfiniteQuery({
    queryKey: [...addressesKey(name, within), taken, held],
    queryFn: async ({ pageParam }) =>
      unwrap(
        await api.GET('/v1/networks/{ref}/addresses', {
          params: {
            path: { ref: object.metadata.id },
            query: { within, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}

export type Ranges = readonly AddressRange[];
