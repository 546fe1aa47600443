import type { CreateEndpoint } from '@netyard/api-client';
import { splitLabels, splitList } from '../form/listed';
import { limitOf } from './edit-request';

/** The body's shape, and beside it what a sandbox that is to be made first needs. */
export interface JoinFormValues {
  metadata: { name: string; labels: string };
  spec: {
    network: string;
    sandbox: string;
    addresses: string[];
    interfaceName: string;
    aliases: string;
    limits: { ingressMbps: string; egressMbps: string };
  };
  newSandboxHost: string;
}

/** The body of `POST /v1/endpoints` that creates an endpoint and joins it. */
export function endpointRequest({ metadata, spec }: JoinFormValues): CreateEndpoint {
  const name = metadata.name.trim();
  const addresses = spec.addresses.map((address) => address.trim()).filter(Boolean);
  const interfaceName = spec.interfaceName.trim();
  const labels = splitLabels(metadata.labels);
  const aliases = splitList(spec.aliases);
  const limits = Object.fromEntries(
    Object.entries(spec.limits)
      .map(([direction, text]): [string, number | null] => [direction, limitOf(text)])
      .filter(([, mbps]) => mbps !== null),
  );
  const chosen = { ...(name ? { name } : {}), ...(Object.keys(labels).length > 0 ? { labels } : {}) };
  return {
    ...(Object.keys(chosen).length > 0 ? { metadata: chosen } : {}),
    spec: {
      network: spec.network.trim(),
      sandbox: spec.sandbox.trim(),
      ...(addresses.length > 0 ? { addresses } : {}),
      ...(interfaceName ? { interfaceName } : {}),
      ...(aliases.length > 0 ? { aliases } : {}),
      ...(Object.keys(limits).length > 0 ? { limits } : {}),
    },
  };
}
