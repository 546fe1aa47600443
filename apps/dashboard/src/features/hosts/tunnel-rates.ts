import type { HostTunnels } from '@netyard/api-client';

const bitsPerByte = 8;

/** What a network's tunnel carried between two answers of its host, in Mbit/s each way; null: there is nothing to compare with. */
export function ratesMbps(before: HostTunnels | undefined, now: HostTunnels, network: string): { ingress: number; egress: number } | null {
  const [earlier, later] = [before, now].map((tunnels) => tunnels?.items.find((item) => item.network === network));
  const elapsedMs = before ? Date.parse(now.observedAt) - Date.parse(before.observedAt) : 0;
  if (!earlier || !later || elapsedMs <= 0) return null;
  // A link that was made anew counts from zero.
  const rate = (way: 'ingress' | 'egress'): number => (Math.max(0, later[way].bytes - earlier[way].bytes) * bitsPerByte) / elapsedMs / 1000;
  return { ingress: rate('ingress'), egress: rate('egress') };
}
