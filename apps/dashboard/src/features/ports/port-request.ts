import type { CreatePort, PatchPort, Port } from '@netyard/api-client';
import { joinList, splitList } from '../form/listed';

/** The body's shape, with texts for what people type. */
export interface PortFormValues {
  metadata: { name: string };
  protocol: CreatePort['protocol'];
  port: string;
  endPort: string;
  hostPort: string;
  hostAddress: string;
  publish: Port['spec']['publish'];
  allowedSources: string;
  service: string;
}

export const emptyPort: PortFormValues = {
  metadata: { name: '' },
  protocol: 'tcp',
  port: '',
  endPort: '',
  hostPort: '',
  hostAddress: '',
  publish: 'host',
  allowedSources: '',
  service: '',
};

/** What a port's form begins with. */
export function portValues({ metadata, spec }: Port): PortFormValues {
  return {
    metadata: { name: metadata.name },
    protocol: spec.protocol,
    port: String(spec.port),
    endPort: spec.endPort === spec.port ? '' : String(spec.endPort),
    hostPort: spec.hostPort === null ? '' : String(spec.hostPort),
    hostAddress: spec.hostAddress,
    publish: spec.publish,
    allowedSources: joinList(spec.allowedSources),
    service: spec.service ?? '',
  };
}

/** The body of `POST /v1/endpoints/{ref}/ports`, with nothing in it that the API would choose the same. */
export function portRequest(values: PortFormValues): CreatePort {
  const name = values.metadata.name.trim();
  const hostAddress = values.hostAddress.trim();
  const allowedSources = splitList(values.allowedSources);
  const service = values.service.trim();
  return {
    ...(name ? { metadata: { name } } : {}),
    protocol: values.protocol,
    port: Number(values.port),
    ...(values.endPort.trim() ? { endPort: Number(values.endPort) } : {}),
    ...(values.hostPort.trim() ? { hostPort: Number(values.hostPort) } : {}),
    ...(hostAddress ? { hostAddress } : {}),
    ...(values.publish === 'host' ? {} : { publish: values.publish }),
    ...(allowedSources.length > 0 ? { allowedSources } : {}),
    ...(service ? { service } : {}),
  };
}

/** The body of `PATCH /v1/endpoints/{ref}/ports/{port}`: what can be changed of a port. */
export function portPatch({ hostPort, hostAddress, publish, allowedSources, service }: PortFormValues): PatchPort {
  return {
    hostPort: hostPort.trim() ? Number(hostPort) : null,
    hostAddress: hostAddress.trim(),
    publish,
    allowedSources: splitList(allowedSources),
    service: service.trim() || null,
  };
}
