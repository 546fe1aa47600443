const number = new Intl.NumberFormat('en');

/** What controls say by themselves, wherever they are. */
export const controls = {
  optional: 'optional',
  copy: 'Copy',
  copied: 'Copied',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  suggestions: 'Suggestions',
  noSuggestion: 'Nothing of this name',
  inUse: (used: number) => `${number.format(used)} in use`,
  of: (used: number, total: number) => `${number.format(used)} of ${number.format(total)}`,
  none: 'none',
  justNow: 'just now',
  curl: 'Show as curl',
  command: 'The equal command',
} as const;
