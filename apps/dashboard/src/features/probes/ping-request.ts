import type { CreateProbe } from '@netyard/api-client';

export interface PingFormValues {
  spec: { sandbox: string; target: string; count: string };
}

/** The body of `POST /v1/probes`. */
export function pingRequest({ spec }: PingFormValues): CreateProbe {
  return { spec: { sandbox: spec.sandbox.trim(), kind: 'ping', target: spec.target.trim(), count: Number(spec.count) } };
}
