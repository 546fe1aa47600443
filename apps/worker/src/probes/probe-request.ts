import type { ProbeResult, ProbeSpec } from '@netyard/contracts';

/** What a probe's process reads from its standard input, as JSON. */
export interface ProbeRequest {
  /** Null: it stays in the namespace in which it was started. */
  namespacePath: string | null;
  /** Who is asked for names. */
  servers: string[];
  timeoutMs: number;
  spec: ProbeSpec;
}

/** What it writes to its standard output. */
export interface ProbeAnswer {
  result: ProbeResult | null;
  error: string | null;
}
