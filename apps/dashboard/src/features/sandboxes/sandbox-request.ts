import type { CreateSandbox, Sandbox } from '@netyard/api-client';

export interface SandboxFormValues {
  metadata: { name: string };
  spec: { host: string; namespace: { type: Sandbox['spec']['namespace']['type']; path: string } };
}

/** The body of `POST /v1/sandboxes`. */
export function sandboxRequest({ metadata, spec }: SandboxFormValues): CreateSandbox {
  const name = metadata.name.trim();
  return { ...(name ? { metadata: { name } } : {}), spec: { host: spec.host.trim(), ...namespaceOf(spec.namespace) } };
}

function namespaceOf({ type, path }: SandboxFormValues['spec']['namespace']): Pick<CreateSandbox['spec'], 'namespace'> {
  switch (type) {
    case 'managed':
      return {};
    case 'host':
      return { namespace: { type } };
    case 'adopted':
      return { namespace: { type, path: path.trim() } };
    default:
      return type satisfies never;
  }
}
