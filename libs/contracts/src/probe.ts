export const probeKinds = ['ping', 'tcp', 'udp-dns', 'http', 'trace'] as const;
export type ProbeKind = (typeof probeKinds)[number];

/** A bounded, unprivileged test that runs inside a sandbox. */
export interface ProbeSpec {
  /** Name or id. */
  sandbox: string;
  kind: ProbeKind;
  /** An IP address or a name that the sandbox can resolve; for `udp-dns` the server's address. */
  target: string;
  /** For `tcp` (required), `udp-dns` (53) and `http` (80). */
  port?: number;
  /** For `ping`: 1 to 20, 3 by default. */
  count?: number;
  /** How long the whole probe may take: 100 to 30,000, 10,000 by default. */
  timeoutMs?: number;
  /** For `udp-dns`: the name to ask for, and the record type. */
  query?: string;
  queryType?: string;
  /** For `http`: the path to ask for by HEAD; `/` by default. */
  path?: string;
  /** For `trace`: 1 to 30, 16 by default. */
  maxHops?: number;
}

export interface RoundTripTimes {
  min: number;
  avg: number;
  max: number;
}

export type ProbeResult =
  | { kind: 'ping'; sent: number; received: number; lossPercent: number; rttMs: RoundTripTimes | null }
  | { kind: 'tcp'; connected: boolean; connectMs: number | null; error?: string }
  | { kind: 'udp-dns'; answered: boolean; responseCode: string | null; answers: string[]; rttMs: number | null; error?: string }
  | { kind: 'http'; statusCode: number | null; headers: Record<string, string>; rttMs: number | null; error?: string }
  | { kind: 'trace'; reached: boolean; hops: { ttl: number; address: string | null; rttMs: number | null }[] };
