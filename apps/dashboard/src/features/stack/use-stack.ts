'use client';

import { unwrap, type SandboxStack } from '@netyard/api-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { stackKey } from '../../api/query-keys';
import type { SandboxRow } from '../inventory/inventory';

/** As often as the stack of an open sandbox is asked for. */
const intervalMs = 2000;

/** Two answers: what a rate is made of. */
export interface StackAnswers {
  before: SandboxStack | undefined;
  now: SandboxStack;
}

/** The stack of a sandbox as its kernel has it, asked for again and again while it is looked at. */
export function useStack({ name, health }: SandboxRow) {
  const client = useQueryClient();
  const queryKey = stackKey(name);
  return useQuery({
    queryKey,
    queryFn: async (): Promise<StackAnswers> => {
      const now = unwrap(await api.GET('/v1/sandboxes/{ref}/stack', { params: { path: { ref: name } } }));
      return { before: client.getQueryData<StackAnswers>(queryKey)?.now, now };
    },
    enabled: health.tone !== 'pending' && health.tone !== 'deleting',
    refetchInterval: intervalMs,
    retry: false,
  });
}
