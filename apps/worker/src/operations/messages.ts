import type { DesiredProbe, EventReport, FeedMessage, HostRegistration, ObjectReport } from '@netyard/contracts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes one line with ids; threads hand theirs to the main thread. */
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void;

/** What the operations thread is started with. */
export interface OperationsConfig {
  hostName: string;
  /** The router namespace that plays the host; null: the namespace of the process. */
  netnsPath: string | null;
  /** Where managed sandboxes' namespaces are bound. */
  netnsDirectory: string;
  /** How often everything is looked at, changed or not. */
  fullRoundIntervalMs: number;
}

export type ToOperations =
  { type: 'feed'; messages: FeedMessage[] } | { type: 'reaped'; jobId: number; failures: ReapFailure[] } | { type: 'stop' };

export interface ReapFailure {
  link: string;
  message: string;
}

/** What the host is, apart from what the process knows of itself. */
export type HostFacts = Pick<HostRegistration, 'routes' | 'uplinkMtuBytes'>;

export type FromOperations =
  | { type: 'report'; objects: ObjectReport[]; events: EventReport[] }
  | { type: 'facts'; facts: HostFacts }
  | { type: 'probe'; probe: DesiredProbe; namespacePath: string | null; error: string | null }
  | { type: 'log'; level: LogLevel; message: string; fields: Record<string, unknown> }
  | { type: 'stopped' };

export type ToReaper = { type: 'reap'; jobId: number; links: string[] };
export type FromReaper = { type: 'reaped'; jobId: number; failures: ReapFailure[] };
