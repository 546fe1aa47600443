import type { HostCounters } from '@netyard/contracts';
import type { Joined } from '@netyard/drivers';
import type { ReadCounters, Sample } from './endpoint-counters';

/**
 * What endpoints have carried until now, all at one moment. One whose link is not there (yet, or any more) is left out: it has carried nothing.
 * Equivalent to: `ip -s link show …` for each. Source: IFLA_STATS64 (linux/if_link.h).
 */
export function observeEndpoints(joined: readonly Joined[], countersOf: (joined: Joined) => ReadCounters): HostCounters {
  return {
    observedAt: new Date().toISOString(),
    endpoints: joined.flatMap((one) => {
      const sample = sampleOf(countersOf(one));
      return sample ? [{ endpointId: one.endpoint.id, ...sample }] : [];
    }),
  };
}

function sampleOf(read: ReadCounters): Sample | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
