import { ownerAlias, shaperLinkName, vethLinkName, type DesiredEndpoint } from '@netyard/contracts';
import type { ShapingObject } from '../kernel-object';

const bytesInMegabit = 125_000;

/** The endpoint's limits; nothing when it has none. */
export function shaping({ id, limits: { ingressMbps, egressMbps } }: DesiredEndpoint): ShapingObject[] {
  if (ingressMbps === null && egressMbps === null) return [];
  const bytesPerSecond = (mbps: number | null): number | null => (mbps === null ? null : mbps * bytesInMegabit);
  return [
    {
      kind: 'shaping',
      link: vethLinkName(id),
      ifb: shaperLinkName(id),
      alias: ownerAlias('endpoint', id),
      ingressBytesPerSecond: bytesPerSecond(ingressMbps),
      egressBytesPerSecond: bytesPerSecond(egressMbps),
    },
  ];
}
