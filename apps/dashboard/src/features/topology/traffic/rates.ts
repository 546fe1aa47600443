import type { HostCounters } from '@netyard/api-client';

/** What an endpoint carries now, as its sandbox sees it. */
export interface Rate {
  ingressMbps: number;
  egressMbps: number;
}

/** By the names of endpoints. */
export type Rates = ReadonlyMap<string, Rate>;

const bitsPerByte = 8;

/** What has gone between two answers of a host. Empty where there is no time between them; what was made anew meanwhile has no rate yet. */
export function ratesBetween(before: HostCounters | undefined, now: HostCounters): Map<string, Rate> {
  const rates = new Map<string, Rate>();
  if (!before) return rates;
  const elapsedMs = Date.parse(now.observedAt) - Date.parse(before.observedAt);
  if (!(elapsedMs > 0)) return rates;
  const former = new Map(before.items.map((item) => [item.endpoint, item]));
  const mbps = (bytes: number): number => (bytes * bitsPerByte) / elapsedMs / 1000;
  for (const { endpoint, ingress, egress } of now.items) {
    const earlier = former.get(endpoint);
    if (!earlier || ingress.bytes < earlier.ingress.bytes || egress.bytes < earlier.egress.bytes) continue;
    rates.set(endpoint, {
      ingressMbps: mbps(ingress.bytes - earlier.ingress.bytes),
      egressMbps: mbps(egress.bytes - earlier.egress.bytes),
    });
  }
  return rates;
}
