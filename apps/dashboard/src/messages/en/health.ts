/** How objects fare, in a word, and in a sentence where their host has said none. */
export const health = {
  tones: {
    ready: 'Ready',
    pending: 'Pending',
    failing: 'Failing',
    warning: 'Warning',
    deleting: 'Deleting',
    unknown: 'Unknown',
    idle: 'Not joined',
  },
  leaving: 'Leaving',
  beingTaken: 'Being taken away on its host.',
  notReported: 'The worker has not reported yet.',
  notHeardOf: 'The worker has not been heard of.',
  notTrue: (type: string, reason: string) => `${type} is not true: ${reason}.`,
} as const;
