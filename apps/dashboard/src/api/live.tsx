'use client';

import { ApiProblem, watch, type WatchedObjects } from '@netyard/api-client';
import { QueryClient, QueryClientProvider, skipToken, useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { paths } from '../paths';
import { tenantFetch } from './tenant';
import { LiveStore, liveKinds, type Connection, type LiveKind } from './live-store';
import { liveKey } from './query-keys';

const LiveContext = createContext<LiveStore | null>(null);

/** Holds the query cache and the watch that feeds it, for as long as the page is open. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: isWorthAsking, refetchOnWindowFocus: false } } }));
  const [store] = useState(() => new LiveStore(queries));
  useEffect(() => followWhileSeen(store), [store]);
  return (
    <QueryClientProvider client={queries}>
      <LiveContext value={store}>{children}</LiveContext>
    </QueryClientProvider>
  );
}

/** Twice more after a failure; what the API has refused, it would refuse again. */
const isWorthAsking = (failures: number, error: Error): boolean => failures < 2 && !(error instanceof ApiProblem && error.status < 500);

/** Browsers open six connections to a server over HTTP/1.1; tabs that nobody looks at must not keep them all. */
const hiddenLimitMs = 60_000;

/** Follows the watch, but not while the tab has been hidden for long; then begins anew with a snapshot. Returns what ends it. */
function followWhileSeen(store: LiveStore): () => void {
  let stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    stop = new AbortController();
    void store.follow(watch({ baseUrl: paths.apiBase, kinds: liveKinds, signal: stop.signal, fetch: tenantFetch }));
  };
  const onVisibilityChange = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') timer = setTimeout(() => stop.abort(), hiddenLimitMs);
    else if (stop.signal.aborted) follow();
  };
  follow();
  document.addEventListener('visibilitychange', onVisibilityChange);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibilityChange);
    stop.abort();
  };
}

/** How the page stands to the API; changes by itself. */
export function useConnection(): Connection {
  const store = useContext(LiveContext);
  if (!store) throw new Error('useConnection is used outside of LiveProvider');
  return useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => store.connection,
    () => store.connection,
  );
}

/** All objects of a kind as they are now; undefined before the first snapshot. The array changes only when one of them does. */
export function useLive<Kind extends LiveKind>(kind: Kind): WatchedObjects[Kind][] | undefined {
  // Data that is never refetched needs no comparison with what was there before.
  const { data } = useQuery<WatchedObjects[Kind][]>({
    queryKey: liveKey(kind),
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });
  return data;
}
