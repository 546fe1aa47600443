import { urgency, type Tone } from '../../api/health';
import type { AnyRow } from './inventory';

export interface StatusCount {
  tone: Tone;
  label: string;
  count: number;
  /** The word of the filter that narrows a list to it. */
  word: string;
}

/** The statuses that occur among rows, the worst first. */
export function statusesOf(rows: readonly AnyRow[]): StatusCount[] {
  const counts = new Map<Tone, { label: string; count: number }>();
  for (const { health } of rows) counts.set(health.tone, { label: health.label, count: (counts.get(health.tone)?.count ?? 0) + 1 });
  return [...counts]
    .map(([tone, { label, count }]) => ({ tone, label, count, word: `status:${label.toLowerCase().replaceAll(' ', '-')}` }))
    .sort((a, b) => urgency(a.tone) - urgency(b.tone));
}
