import type { SandboxStack } from '@netyard/api-client';

const bitsPerByte = 8;

/** What a link carried between two answers of its host, in Mbit/s each way; null: there is nothing to compare with. */
export function linkRatesMbps(
  before: SandboxStack | undefined,
  now: SandboxStack,
  link: string,
): { ingress: number; egress: number } | null {
  const [earlier, later] = [before, now].map((stack) => stack?.links.find(({ name }) => name === link));
  const elapsedMs = before ? Date.parse(now.observedAt) - Date.parse(before.observedAt) : 0;
  if (!earlier || !later || elapsedMs <= 0) return null;
  // A link that was made anew counts from zero.
  const rate = (way: 'ingress' | 'egress'): number => (Math.max(0, later[way].bytes - earlier[way].bytes) * bitsPerByte) / elapsedMs / 1000;
  return { ingress: rate('ingress'), egress: rate('egress') };
}
