'use client';

import { unwrap } from '@netyard/api-client';
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '../../../api/client';
import type { Rate, Rates } from './rates';
import { TrafficStore } from './traffic-store';

/** As often as each host that is in view is asked. */
const intervalMs = 2_000;

const TrafficContext = createContext<TrafficStore>(new TrafficStore());
export const TrafficProvider = TrafficContext.Provider;
export const useTrafficStore = (): TrafficStore => useContext(TrafficContext);

/** Asks the named hosts for the counters of their endpoints as long as the page is seen: one request for each host. Keep the array the same while it names the same. */
export function useTrafficOf(hosts: readonly string[]): TrafficStore {
  const [store] = useState(() => new TrafficStore());
  useEffect(() => {
    const stop = new AbortController();
    const underWay = new Set<string>();
    const ask = async (host: string): Promise<void> => {
      if (underWay.has(host)) return;
      underWay.add(host);
      try {
        store.take(host, unwrap(await api.GET('/v1/hosts/{ref}/counters', { params: { path: { ref: host } }, signal: stop.signal })));
      } catch {
        // A host that is silent has no rates; that it is silent is told by its state.
        store.forget(host);
      } finally {
        underWay.delete(host);
      }
    };
    const askAll = (): void => {
      if (document.visibilityState === 'visible') for (const host of hosts) void ask(host);
    };
    askAll();
    const timer = setInterval(askAll, intervalMs);
    return () => {
      stop.abort();
      clearInterval(timer);
      for (const host of hosts) store.forget(host);
    };
  }, [store, hosts]);
  return store;
}

export function useRates(): Rates {
  const store = useTrafficStore();
  return useSyncExternalStore(
    store.subscribe,
    () => store.rates,
    () => store.rates,
  );
}

/** The rate of one endpoint: whoever shows it is rendered anew only when it changes. */
export function useRate(endpoint: string): Rate | undefined {
  const store = useTrafficStore();
  return useSyncExternalStore(
    store.subscribe,
    () => store.rates.get(endpoint),
    () => store.rates.get(endpoint),
  );
}
