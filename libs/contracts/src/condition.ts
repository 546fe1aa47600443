export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** One observation about an object, in the manner of the Kubernetes API conventions. Types are CamelCase; `Ready` sums the others up. */
export interface Condition {
  type: string;
  status: ConditionStatus;
  /** One CamelCase word that programs may compare. */
  reason: string;
  /** A sentence for people; names the culprit. */
  message: string;
  /** RFC 3339; when `status` last changed. */
  lastTransitionTime: string;
  /** The generation of the object that this was observed at. */
  observedGeneration: number;
}

/** A condition as a worker reports it; the API adds the transition time. */
export type ReportedCondition = Omit<Condition, 'lastTransitionTime' | 'observedGeneration'>;

/** Conditions that warn: they say what people should mend, and do not count for `Ready`, since the object is in the kernel as it was asked for. */
export const warningConditions: ReadonlySet<string> = new Set(['UnderlayCarries', 'UnderlayClear']);
