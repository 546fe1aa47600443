'use client';

import { unwrap, type Driver } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { driversKey } from './query-keys';

/** The drivers that the API knows; undefined until they have been asked for. */
export function useDrivers(): Driver[] | undefined {
  return useQuery({ queryKey: driversKey, queryFn: async () => unwrap(await api.GET('/v1/drivers')).items, staleTime: 600_000 }).data;
}
