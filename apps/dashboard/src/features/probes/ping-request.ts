export interface PingFormValues {
  spec: { sandbox: string; target: string; count: string };
}

export interface PingRequest {
  spec: { sandbox: string; kind: 'ping'; target: string; count: number };
}

/** The body of `POST /v1/probes`. */
export function pingRequest({ spec }: PingFormValues): PingRequest {
  return { spec: { sandbox: spec.sandbox.trim(), kind: 'ping', target: spec.target.trim(), count: Number(spec.count) } };
}
