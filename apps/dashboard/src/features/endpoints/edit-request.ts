import type { Endpoint, PatchEndpoint } from '@netyard/api-client';
import { joinLabels, joinList, patchLabels, splitList } from '../form/listed';

/** The body's shape, with texts for what people type. */
export interface EditFormValues {
  metadata: { labels: string };
  spec: { aliases: string; limits: { ingressMbps: string; egressMbps: string }; spoofingGuard: boolean };
}

const limitText = (mbps: number | null): string => (mbps === null ? '' : String(mbps));
export const limitOf = (text: string): number | null => (text.trim() ? Number(text) : null);

/** What the form begins with. */
export const editValues = ({ metadata, spec }: Endpoint): EditFormValues => ({
  metadata: { labels: joinLabels(metadata.labels) },
  spec: {
    aliases: joinList(spec.aliases),
    limits: { ingressMbps: limitText(spec.limits.ingressMbps), egressMbps: limitText(spec.limits.egressMbps) },
    spoofingGuard: spec.spoofingGuard,
  },
});

/** The body of `PATCH /v1/endpoints/{ref}`. */
export function editRequest(present: Endpoint, { metadata, spec }: EditFormValues): PatchEndpoint {
  const labels = patchLabels(present.metadata.labels, metadata.labels);
  return {
    ...(Object.keys(labels).length > 0 ? { metadata: { labels } } : {}),
    spec: {
      aliases: splitList(spec.aliases),
      limits: { ingressMbps: limitOf(spec.limits.ingressMbps), egressMbps: limitOf(spec.limits.egressMbps) },
      spoofingGuard: spec.spoofingGuard,
    },
  };
}
