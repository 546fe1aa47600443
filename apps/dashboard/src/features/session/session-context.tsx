'use client';

import { unwrap, type Session } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { createContext, useCallback, useContext, type ReactNode } from 'react';
import { sessionKey } from '../../api/query-keys';
import type { DialogName, ObjectName } from '../inventory/view-state';
import { accessOfDialog, refusalFor, type Access } from './permissions';

const SessionContext = createContext<Session | null>(null);

/** How often it is looked whether roles have changed meanwhile. */
const refreshMs = 60_000;

/** Not needed at first, and so not loaded then: the server has asked already. */
async function askAgain(): Promise<Session> {
  const { api } = await import('../../api/client');
  return unwrap(await api.GET('/v1/session'));
}

/** Knows who is signed in and what they may do; from the server at first, then from time to time. */
export function SessionProvider({ initial, children }: { initial: Session | null; children: ReactNode }) {
  const { data } = useQuery({
    queryKey: sessionKey,
    queryFn: askAgain,
    refetchInterval: refreshMs,
    ...(initial ? { initialData: initial, staleTime: refreshMs } : {}),
  });
  return <SessionContext value={data ?? null}>{children}</SessionContext>;
}

/** Null until the API has said who it is. */
export const useSession = (): Session | null => useContext(SessionContext);

/** Tells why something may not be done; undefined when it may. Stays the same as long as the session does. */
export function useRefusal(): (access: Access) => string | undefined {
  const session = useSession();
  return useCallback((access) => refusalFor(session, access), [session]);
}

/** The same for what a dialog does. */
export function useDialogRefusal(): (dialog: DialogName, on?: ObjectName) => string | undefined {
  const session = useSession();
  return useCallback((dialog, on) => refusalFor(session, accessOfDialog(dialog, on?.kind)), [session]);
}
