import type { CreateEndpoint } from '@netyard/api-client';

/** The body's shape, and beside it what a sandbox that is to be made first needs. */
export interface JoinFormValues {
  metadata: { name: string };
  spec: { network: string; sandbox: string; addresses: string[]; interfaceName: string };
  newSandboxHost: string;
}

/** The body of `POST /v1/endpoints` that creates an endpoint and joins it. */
export function endpointRequest({ metadata, spec }: JoinFormValues): CreateEndpoint {
  const name = metadata.name.trim();
  const addresses = spec.addresses.map((address) => address.trim()).filter(Boolean);
  const interfaceName = spec.interfaceName.trim();
  return {
    ...(name ? { metadata: { name } } : {}),
    spec: {
      network: spec.network.trim(),
      sandbox: spec.sandbox.trim(),
      ...(addresses.length > 0 ? { addresses } : {}),
      ...(interfaceName ? { interfaceName } : {}),
    },
  };
}
