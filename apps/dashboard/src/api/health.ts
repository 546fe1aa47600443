import type { Condition } from '@netyard/api-client';
import { health as text } from '../messages';

export type Tone = 'ready' | 'pending' | 'failing' | 'warning' | 'deleting' | 'unknown' | 'idle';

/** How an object fares, told in a word and, where there is something to say, a sentence. */
export interface Health {
  tone: Tone;
  label: string;
  message: string | null;
}

interface Observed {
  metadata: { generation: number; deletionRequestedAt?: string | null };
  status: { conditions: readonly Condition[] };
}

/** What needs a person comes first. */
const order: readonly Tone[] = ['failing', 'unknown', 'warning', 'deleting', 'pending', 'idle', 'ready'];

export const urgency = (tone: Tone): number => order.indexOf(tone);

/** Reads an object's conditions: `Ready` sums up, and where it does not hold, the condition that fails says why. */
export function healthOf({ metadata, status: { conditions } }: Observed): Health {
  const ready = conditions.find(({ type }) => type === 'Ready');
  const culprit = culpritOf(conditions);
  if (metadata.deletionRequestedAt) return health('deleting', culprit?.message ?? text.beingTaken);
  if (culprit) return health('failing', sentence(culprit));
  if (!ready || ready.observedGeneration < metadata.generation) return health('pending', ready?.message || text.notReported);
  const warning = conditions.find(isWarning);
  if (ready.status === 'True') return warning ? health('warning', sentence(warning)) : health('ready', null);
  if (ready.status === 'Unknown') return health('unknown', ready.message || text.notHeardOf);
  return {
    ...health(waitingReasons.get(ready.reason) ?? 'failing', sentence(ready)),
    ...(ready.reason === 'Leaving' ? { label: text.leaving } : {}),
  };
}

/** Reasons of the API for which `Ready` is False although nothing has failed. */
const waitingReasons: ReadonlyMap<string, Tone> = new Map([
  ['Pending', 'pending'],
  ['Leaving', 'pending'],
  ['NotJoined', 'idle'],
]);

/** Conditions of the API that warn and do not count for `Ready`. */
const warningTypes: ReadonlySet<string> = new Set(['UnderlayCarries']);

/** Whether a condition tells of something that people should mend, although the object stands. */
export const isWarning = ({ type, status }: Condition): boolean => warningTypes.has(type) && status === 'False';

/** Of the conditions behind `Ready`, the one that failed; those that were undone because of it are not the cause. */
function culpritOf(conditions: readonly Condition[]): Condition | undefined {
  return conditions.find(
    ({ type, status, reason }) =>
      type !== 'Ready' && !warningTypes.has(type) && status === 'False' && reason !== 'Undone' && !waitingReasons.has(reason),
  );
}

const sentence = ({ type, reason, message }: Condition): string => message || text.notTrue(type, reason);

const health = (tone: Tone, message: string | null): Health => ({ tone, label: text.tones[tone], message });
