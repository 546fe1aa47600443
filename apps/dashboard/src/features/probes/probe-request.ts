import type { CreateProbe, Probe } from '@netyard/api-client';

export const probeKinds = ['ping', 'tcp', 'udp-dns', 'http', 'trace'] as const satisfies readonly Probe['spec']['kind'][];
export type ProbeKind = (typeof probeKinds)[number];

export interface ProbeFormValues {
  spec: { sandbox: string; kind: ProbeKind; target: string; port: string; count: string; query: string; path: string };
  /** One after the other, until stopped. */
  repeat: boolean;
}

/** Which fields a kind has besides where from and where to. */
export const fieldsOf: Record<ProbeKind, readonly ('port' | 'count' | 'query' | 'path')[]> = {
  ping: ['count'],
  tcp: ['port'],
  'udp-dns': ['query', 'port'],
  http: ['port', 'path'],
  trace: [],
};

/** The body of `POST /v1/probes`; of a ping that goes on, each is a request of its own, so that results come one by one. */
export function probeRequest({ spec, repeat }: ProbeFormValues): CreateProbe {
  const { kind } = spec;
  const has = (field: 'port' | 'count' | 'query' | 'path'): boolean => fieldsOf[kind].includes(field) && spec[field].trim() !== '';
  return {
    spec: {
      sandbox: spec.sandbox.trim(),
      kind,
      target: spec.target.trim(),
      ...(has('port') ? { port: Number(spec.port) } : {}),
      ...(has('count') ? { count: repeat ? 1 : Number(spec.count) } : {}),
      ...(has('query') ? { query: spec.query.trim() } : {}),
      ...(has('path') ? { path: spec.path.trim() } : {}),
    },
  };
}
